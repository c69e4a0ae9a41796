"""English words whose forms no stemmer brings together: a question says "did they lose", its answer "they lost"."""

from __future__ import annotations

# The base form, then the others. Forms that are commoner as another word ("saw" a plank, "found" a city, "left" of,
# "ground" beneath, "felt" hats, "lay" people) are left out where they would do more harm than good.
_VERBS = """
    arise arose arisen
    awake awoke awoken
    beat beaten
    bend bent
    bleed bled
    blow blew blown
    break broke broken
    breed bred
    bring brought
    broadcast broadcasted
    build built
    burn burnt
    buy bought
    catch caught
    choose chose chosen
    cling clung
    creep crept
    deal dealt
    dig dug
    draw drew drawn
    dream dreamt
    drink drank drunk
    drive drove driven
    eat ate eaten
    fall fell fallen
    feed fed
    fight fought
    flee fled
    fly flew flown
    forbid forbade forbidden
    forget forgot forgotten
    forgive forgave forgiven
    freeze froze frozen
    grow grew grown
    hang hung
    hear heard
    hide hid hidden
    hold held
    keep kept
    kneel knelt
    know knew known
    lead led
    learn learnt
    lend lent
    lose lost loss losses
    mistake mistook mistaken
    overcome overcame
    oversee oversaw overseen
    overthrow overthrew overthrown
    overtake overtook overtaken
    pay paid
    prove proven
    ride rode ridden
    rise rose risen
    run ran
    seek sought
    sell sold
    send sent
    shake shook shaken
    shoot shot
    show shown
    shrink shrank shrunk
    sing sang sung
    sink sank sunk
    sit sat
    sleep slept
    speak spoke spoken
    spend spent
    spin spun
    spoil spoilt
    spring sprang sprung
    stand stood
    steal stole stolen
    stick stuck
    strike struck stricken
    swear swore sworn
    sweep swept
    swim swam swum
    swing swung
    teach taught
    tear tore torn
    think thought
    throw threw thrown
    understand understood
    undertake undertook undertaken
    uphold upheld
    wake woke woken
    wear wore worn
    weave wove woven
    weep wept
    win won
    withdraw withdrew withdrawn
    withhold withheld
    withstand withstood
    write wrote written
"""
_NOUNS = """
    man men
    woman women
    child children
    foot feet
    tooth teeth
    goose geese
    mouse mice
    wife wives
    knife knives
    half halves
    thief thieves
    wolf wolves
    shelf shelves
    die dies died dying death deaths
    criterion criteria
    phenomenon phenomena
    bacterium bacteria
    nucleus nuclei
    analysis analyses
    crisis crises
    hypothesis hypotheses
"""
BASE: dict[str, str] = {
    form: base
    for line in (_VERBS.strip() + _NOUNS.rstrip()).splitlines()
    for base, *forms in [line.split()]
    for form in forms
}
