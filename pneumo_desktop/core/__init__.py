"""The way of a film, without a screen; every step is a module, and none looks back.

1. `files` lists the paths a user named: files, and folders, ZIPs and discs searched in order;
   `signature` tells them by content, `archive` and `dicomdir` look into them.
2. `sandbox` runs `decode` in a child process (`sandbox_child`), because decoders meet untrusted
   bytes; the film comes back as plain data, checked on arrival (`handover`).
3. `decode` turns bytes into a `Film`, by `picture` or by `dicom` (`dicom_pixels` decodes,
   `dicom_grey` reads the greyscale steps, `dicom_facts` the header): pixels after the modality LUT
   and the steps that are still to come, which `greyscale` applies.
4. `preprocess` turns the film into the network's input; training calls the same function.
5. `classifier` runs the network of a `model_package` once: probability, chest score, evidence map.
6. `gates` decide whether the answer may be shown; `severity` ranks it.
7. `screening` strings 2 to 6 together: one `Case` or `Rejected` for each path, several at a time
   (`abreast`) where there are several cores.
8. `store` keeps cases and readings; the worklist and the reports read from there.

The values that travel are in `cases`; the model's own constants are in `card`. What is said to
people are English templates (`sentence`); the window knows them again (`recognise`) to translate.
"""
