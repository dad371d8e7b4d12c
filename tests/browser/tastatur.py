"""A page by its keyboard alone, seeing at each step that the person who works so can tell where they are."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page

MEST = 150
# Where the focus is: is it the one sought, is it marked, is it in the window, and does it follow the one before.
HER = """maal => {
  const her = document.activeElement, forrige = window.forrigeFokus, ramme = her.getBoundingClientRect();
  window.forrigeFokus = her;
  const ramme_om = en => getComputedStyle(en).outlineStyle !== "none" && parseFloat(getComputedStyle(en).outlineWidth);
  const merket = en => en && ramme_om(en);
  return {
    framme: her === maal,
    borte: her === document.body,
    hva: her.outerHTML.slice(0, 120),
    merket: her.matches(".ds-skip-link") || [her, her.parentElement, her.nextElementSibling].some(merket),
    synlig: ramme.width > 0 && ramme.bottom > 0 && ramme.top < innerHeight,
    bakover: Boolean(forrige && forrige.isConnected && forrige !== document.body
      && her.compareDocumentPosition(forrige) & Node.DOCUMENT_POSITION_FOLLOWING),
  };
}"""


class Tastatur:
    """`side.keyboard`, and never the mouse. `feil`: stops where one could not see where one was."""

    def __init__(self, side: Page) -> None:
        self.side = side
        self.feil: list[str] = []

    def trykk(self, *taster: str) -> None:
        for tast in taster:
            self.side.keyboard.press(tast)

    def skriv(self, tekst: str) -> None:
        self.side.keyboard.insert_text(tekst)

    def til(self, maal: Locator) -> None:
        """Tab forward to `maal`. Every stop on the way is marked, in the window, and comes after the one before."""
        maal.wait_for()
        naa = maal.evaluate(HER)
        for _ in range(MEST):
            if naa["framme"]:
                return
            self.side.keyboard.press("Tab")
            naa = maal.evaluate(HER)
            self.feil += _galt(naa)
        raise AssertionError(f"Kom ikke fram til {maal}; sto på {naa['hva']}")

    def fyll(self, maal: Locator, tekst: str) -> None:
        """Go to a field and write in it."""
        self.til(maal)
        self.trykk("Control+a")
        self.skriv(tekst)

    def send(self, knapp: Locator) -> None:
        """Go to a button and press it."""
        self.til(knapp)
        self.trykk("Enter")


def _galt(naa: dict[str, Any]) -> list[str]:
    """What is wrong with a stop. Out of the page by its end, and in again at its top, is no fault."""
    if naa["borte"]:
        return []
    feil = {"vises ikke": not naa["merket"], "er utenfor vinduet": not naa["synlig"], "gikk bakover": naa["bakover"]}
    return [f"fokus {hva}: {naa['hva']}" for hva, galt in feil.items() if galt]
