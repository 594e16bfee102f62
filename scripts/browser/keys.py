"""A page under the fingers of somebody without a mouse: where Tab leads to, and whether it can be seen."""

# Everything on the page that a key can be pressed on, in the order of the document, kept to be found again.
REACHABLE = """() => {
    const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0
    window.reachable = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
        .filter((element) => (element.localName === "summary" || element.tabIndex >= 0) && element.type !== "hidden"
            && !element.matches(":disabled") && shown(element))
    document.activeElement?.blur()
    return window.reachable.map((element) =>
        `${element.localName} “${(element.innerText || element.ariaLabel || element.name || element.id).trim().slice(0, 30)}”`)
}"""

FOCUS = """() => {
    const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect()
    return {place: window.reachable.indexOf(element), tag: element.localName, name: element.name || element.id || element.innerText,
            isMarked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
            isInWindow: box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight}
}"""


def walk_by_tab(person):
    """Presses Tab from the top of a page to its end, and returns what is wrong with the way, and the names of the stations."""
    reachable = person.page.evaluate(REACHABLE)
    faults, places, names = [], [], []
    for _ in range(len(reachable) + 5):
        person.page.keyboard.press("Tab")
        focus = person.page.evaluate(FOCUS)
        if focus["tag"] == "body" or focus["place"] in places:
            break
        if focus["place"] < 0:
            faults.append(f"Tab leads to {focus['tag']} “{focus['name'][:40]}”, which is no part of its way")
            continue
        places.append(focus["place"])
        names.append(focus["name"])
        what = reachable[focus["place"]]
        if not focus["isMarked"]:
            faults.append(f"the focus does not show on {what}")
        if not focus["isInWindow"]:
            faults.append(f"the focus is out of sight on {what}")
    if places != sorted(places):
        faults.append(f"Tab leaves the order of the page: {places}")
    missed = [what for place, what in enumerate(reachable) if place not in places]
    if missed:
        faults.append(f"Tab does not reach {missed[:5]}")
    return [f"{person.name} at {person.path}: {fault}" for fault in faults], names
