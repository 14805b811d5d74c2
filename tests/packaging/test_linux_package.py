"""The Debian package and the archive, made of a small bundle as the real ones are of theirs."""

import configparser
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import linux_package
import pytest

from pneumo_desktop import __version__

ROOT = Path(__file__).parents[2]
ENTRIES = sorted((ROOT / "packaging" / "linux").glob("*.desktop"))

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux packages")
needs_dpkg = pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="needs dpkg-deb")


@pytest.fixture
def bundle(tmp_path):
    """Return a function that writes a folder that looks like a bundle."""

    def write(name="pneumo-desktop"):
        folder = tmp_path / "dist" / name
        (folder / "_internal" / "resources").mkdir(parents=True, mode=0o700)
        (folder / "_internal" / "resources" / "film.jpg").write_bytes(b"x" * 3000)
        (folder / "_internal" / "link.so.1").symlink_to("resources/film.jpg")
        shutil.copyfile(shutil.which("true"), folder / name)
        (folder / name).chmod(0o700)
        return folder

    return write


def told(deb, *words):
    done = subprocess.run(["dpkg-deb", *words[:1], str(deb), *words[1:]], capture_output=True,
                          text=True, check=True)  # fmt: skip
    return done.stdout.strip()


@needs_dpkg
def test_a_package_says_what_it_is_and_what_the_desktop_must_have(bundle, tmp_path):
    deb = linux_package.make_deb(bundle(), tmp_path)
    assert re.fullmatch(rf"pneumo-desktop_{re.escape(__version__)}_\w+\.deb", deb.name)
    assert told(deb, "-f", "Version") == __version__
    assert re.search(r"libc6 \(>= 2\.\d+\)", told(deb, "-f", "Depends"))
    assert int(told(deb, "-f", "Installed-Size")) >= 3 + 35
    assert "not a medical device" in told(deb, "-f", "Description")


@needs_dpkg
def test_the_program_lies_under_opt_open_to_all_with_command_entry_and_icon(bundle, tmp_path):
    deb = linux_package.make_deb(bundle(), tmp_path)
    lines = [line.split() for line in told(deb, "-c").splitlines()]
    modes = {words[5].removeprefix("."): (words[0], words[1]) for words in lines}
    links = {words[5].removeprefix("."): words[7] for words in lines if "->" in words}
    assert links["/usr/bin/pneumo-desktop"] == "/opt/pneumo-desktop/pneumo-desktop"
    assert links["/opt/pneumo-desktop/_internal/link.so.1"] == "resources/film.jpg"
    assert modes["/opt/pneumo-desktop/pneumo-desktop"][0] == "-rwxr-xr-x"
    assert modes["/opt/pneumo-desktop/_internal/resources/film.jpg"][0] == "-rw-r--r--"
    assert all(
        mode[1:] in {"rwxr-xr-x", "rw-r--r--"} for mode, _ in modes.values() if mode[0] != "l"
    )
    assert {owner for _, owner in modes.values()} == {"root/root"}
    assert "/usr/share/applications/pneumo-desktop.desktop" in modes
    assert "/usr/share/icons/hicolor/scalable/apps/pneumo-desktop.svg" in modes
    assert "/usr/share/doc/pneumo-desktop/copyright" in modes


@needs_dpkg
def test_no_script_runs_so_that_removal_leaves_the_users_data_alone(bundle, tmp_path):
    deb = linux_package.make_deb(bundle(), tmp_path)
    subprocess.run(["dpkg-deb", "-e", str(deb), str(tmp_path / "control")], check=True)
    assert [path.name for path in (tmp_path / "control").iterdir()] == ["control"]


@needs_dpkg
def test_the_trainer_goes_where_the_program_looks_and_wants_the_same_version(bundle, tmp_path):
    deb = linux_package.make_deb(bundle("pneumo-trainer"), tmp_path)
    assert f"pneumo-desktop (= {__version__})" in told(deb, "-f", "Depends")
    listed = told(deb, "-c")
    assert "./opt/pneumo-desktop/pneumo-trainer/pneumo-trainer\n" in f"{listed}\n"
    assert "/usr/bin/" not in listed


@needs_dpkg
def test_a_library_that_nobody_brings_ends_the_build(bundle, tmp_path, monkeypatch):
    monkeypatch.setattr(linux_package, "sonames", lambda file: ["libnowhere.so.3"])
    with pytest.raises(linux_package.PackageError, match=r"libnowhere\.so\.3 for pneumo-desktop"):
        linux_package.make_deb(bundle(), tmp_path)


def test_the_archive_unpacks_to_one_folder_owned_by_whoever_unpacks_it(bundle, tmp_path):
    made = linux_package.make_portable(bundle(), tmp_path)
    with tarfile.open(made) as archive:
        members = archive.getmembers()
    assert {member.name.split("/")[0] for member in members} == {"pneumo-desktop"}
    assert {(member.uid, member.uname) for member in members} == {(0, "")}
    assert "pneumo-desktop/_internal/resources/film.jpg" in {member.name for member in members}


@pytest.mark.parametrize("name", ["pneumo-desktop", "pneumo-trainer", "something"])
def test_without_a_bundle_the_command_that_makes_one_is_named(tmp_path, capsys, name):
    assert linux_package.main(["deb", str(tmp_path / name)]) == 1
    assert "make bundle" in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["deb"], ["rpm", "dist"], ["deb", "dist", "more"]])
def test_wrong_usage_says_what_may_be_asked_for(capsys, words):
    assert linux_package.main(words) == 2
    assert "deb|portable BUNDLE" in capsys.readouterr().err


@needs_dpkg
def test_a_tool_that_is_missing_is_named_with_the_command_that_installs_it(
    bundle, monkeypatch, capsys
):
    found = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "readelf" else found(name))
    folder = bundle()
    assert linux_package.main(["deb", str(folder)]) == 1
    assert "apt-get install binutils" in capsys.readouterr().err
    assert list(folder.parent.glob("*.deb")) == []


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda path: path.name)
def test_a_desktop_entry_is_well_formed(entry):
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read(entry, encoding="utf-8")
    keys = parser["Desktop Entry"]
    assert keys["Exec"] == "pneumo-desktop open %F"
    assert keys["Icon"] == keys["TryExec"] == keys["StartupWMClass"] == "pneumo-desktop"
    if shutil.which("desktop-file-validate"):
        done = subprocess.run(["desktop-file-validate", str(entry)], capture_output=True, text=True,
                              check=False)  # fmt: skip
        assert (done.returncode, done.stdout) == (0, "")


def test_pictures_are_offered_by_an_entry_of_their_own_that_comes_last():
    types = {entry.name: set(re.findall(r"^MimeType=(.*)$", entry.read_text(), re.MULTILINE)[0]
                             .strip(";").split(";")) for entry in ENTRIES}  # fmt: skip
    assert types == {
        "pneumo-desktop.desktop": {"application/dicom"},
        "zz-pneumo-desktop-pictures.desktop": {"image/jpeg", "image/png"},
    }


@pytest.mark.skipif(
    None in (shutil.which("gio"), shutil.which("update-desktop-database")),
    reason="needs gio and update-desktop-database",
)
def test_a_bare_desktop_opens_dicom_with_this_program_and_pictures_with_their_viewer(tmp_path):
    entries = tmp_path / "applications"
    entries.mkdir()
    for entry in ENTRIES:
        text = entry.read_text().replace("pneumo-desktop open", "true").replace(
            "TryExec=pneumo-desktop", "TryExec=true")  # fmt: skip
        (entries / entry.name).write_text(text)
    (entries / "viewer.desktop").write_text(
        "[Desktop Entry]\nType=Application\nName=Viewer\nExec=true %F\n"
        "MimeType=image/png;image/jpeg;\n"
    )
    subprocess.run(["update-desktop-database", str(entries)], check=True)
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LC_ALL": "C.UTF-8",
                   "XDG_DATA_DIRS": str(tmp_path)}  # fmt: skip

    def gio(mime):
        command = ["gio", "mime", mime]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, check=True
        ).stdout

    assert gio("application/dicom").splitlines()[0].endswith(": pneumo-desktop.desktop")
    for mime in ("image/jpeg", "image/png"):
        assert gio(mime).splitlines()[0].endswith(": viewer.desktop")
        assert "zz-pneumo-desktop-pictures.desktop" in gio(mime)
