"""Labelled films on their way to a training run; window and trainer use this very code.

1. `sources` names the films to learn from; `film_list` reads and writes them as a CSV.
2. `examine` decodes each film once and keeps what can be said of it.
3. `findings` says what is wrong with the lot, each with a choice; `apply` carries the choices out.
4. `patients` tells whose film it is; `split` divides by patient, and refuses a leak.
5. `plan` is what the wizard remembers of all this.
"""
