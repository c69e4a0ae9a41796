"""How people shorten words when they type, and the words of chat that say nothing of a subject."""

from __future__ import annotations

# What is written in full, then its short forms. One that is short for several stands with each of them.
_IN_FULL = """
    account: acct acc
    address: addr
    administrator: admin
    administrators: admins
    advertisement: ad advert
    afternoon: arvo
    air conditioning: aircon ac
    apartment: apt
    application: app
    applications: apps
    appointment: appt
    approximately: approx
    april: apr
    assignment: assgn asgmt
    attack: atk
    attribute: attr
    august: aug
    authentication: auth
    authorization: auth
    average: avg
    bathroom: bath loo
    because: bc cuz coz bcz
    before: b4
    between: btwn
    bicycle: bike
    birthday: bday
    building: bldg
    calculator: calc
    calculus: calc
    centimetre: cm
    certificate: cert
    certification: cert
    championship: champs
    combination: combo
    command: cmd
    commands: cmds
    competition: comp
    computer: pc comp
    configuration: config cfg conf
    cooperative: coop
    customer: cust
    damage: dmg
    database: db
    december: dec
    defence: def
    defibrillator: defib
    department: dept dep
    departure: dep
    destination: dest
    developer: dev
    developers: devs
    development: dev
    dictionary: dict
    difference: diff
    direct message: dm
    directory: dir
    distribution: distro
    document: doc
    documentation: docs
    documents: docs
    download: dl
    environment: env
    equipment: equip
    examination: exam
    example: eg ex
    excluding: excl
    experience: exp xp
    favourite: fav fave
    february: feb
    folder: dir
    frequency: freq
    friday: fri
    government: gov govt
    graphics: gfx
    gymnasium: gym
    health: hp
    history: hist
    hour: hr
    hours: hrs
    identification: id
    image: img
    including: incl
    information: info
    instruction: instr
    instructions: instr
    internet: net
    interview: iv
    introduction: intro
    inventory: inv
    january: jan
    july: jul
    june: jun
    keyboard: kb
    kilogram: kg
    kilometre: km
    kilometres: km kms
    laboratories: labs
    laboratory: lab
    language: lang
    level: lvl lv
    library: lib
    limited: ltd
    location: loc
    magazine: mag
    maintenance: maint
    mana: mp
    manager: mgr
    march: mar
    materials: mats
    mathematics: math maths
    maximum: max
    medication: meds
    medicine: meds
    meeting: mtg
    member: mbr
    memory: mem
    message: msg
    messages: msgs
    metre: m
    microphone: mic
    middle: mid
    millimetre: mm
    minimum: min
    minute: min
    minutes: mins min
    moderator: mod
    moderators: mods
    monday: mon
    month: mo mth
    mother: mum mom
    mountain: mt mtn
    night: nite
    notification: notif
    notifications: notifs
    november: nov
    number: num nr
    october: oct
    office: ofc
    opportunity: opp
    option: opt
    optional: opt
    organisation: org
    organization: org
    package: pkg
    paragraph: para
    parameter: param
    parking: pkg
    password: pw pwd pass passwd
    people: ppl
    percent: pct
    permission: perm
    permissions: perms
    phone: tel ph
    photo: pic
    photograph: photo
    photos: pics
    picture: pic
    pictures: pics
    position: pos
    possible: poss
    prerequisite: prereq
    prerequisites: prereqs
    previous: prev
    problem: prob
    professional: pro
    professor: prof
    program: prog
    pull request: pr
    quality: qual
    quantity: qty
    question: q
    questions: qs
    recommended: rec
    reference: ref
    refrigerator: fridge
    registration: reg registr
    regulation: reg
    repository: repo
    representative: rep
    requirement: req
    requirements: reqs req
    reservation: resv
    resistance: res
    saturday: sat
    schedule: sched
    second: sec
    seconds: secs
    secretary: sec
    section: sec sect
    security: sec
    semester: sem
    separate: sep
    september: sept sep
    server: srv
    session: sesh
    specification: spec
    specifications: specs
    speed: spd
    standard: std
    station: stn
    statistics: stats
    street: st
    strength: str
    student: stud
    subscription: sub
    subscriptions: subs
    sunday: sun
    synchronization: sync
    synchronize: sync
    teaching assistant: ta
    teaching assistants: tas
    technology: tech
    telephone: tel phone
    television: tv telly
    temperature: temp
    temperatures: temps
    temporary: temp
    thursday: thu thur thurs
    ticket: tix
    tickets: tix
    together: 2gether
    tomorrow: tmrw tmr tmrrw 2moro tomoz
    tonight: tonite 2nite
    transport: transpo
    tuesday: tue tues
    university: uni
    utility: util
    vegetables: veg veggies
    version: ver
    veterinarian: vet
    video: vid
    videos: vids
    vocabulary: vocab
    weapon: wep wpn
    wednesday: wed
    week: wk
    weekend: wkend wknd
    weeks: wks
    what: wat wut wot
    when: wen
    where: wher
    which: wich
    why: y
    with: w/
    without: w/o
    year: yr
    years: yrs
    yesterday: yday
"""
SHORT_FORMS: dict[str, list[str]] = {}  # of a word in full, or two
FULL_FORMS: dict[str, list[str]] = {}  # of a word cut short
for _line in _IN_FULL.strip().splitlines():
    _full, _, _short = _line.strip().partition(": ")
    SHORT_FORMS[_full] = _short.split()
    for _form in _short.split():
        FULL_FORMS.setdefault(_form, []).append(_full)

# Said to people and not of a thing: in a question they count only where they are all that it has.
CHAT_WORDS = frozenset(
    """
    afaik aint asap bro bruh btw cheers cos coz cuz dude dunno folks fwiw fyi gimme gonna gotta guys haha hahaha
    hehe heya heyy hii hiii hmm hmmm idc idk iirc imho imo istg kinda lemme lmao lmfao lol lul nah nope nr ngl
    omfg omg plis pleas pls plss plz rofl smh sorry sorta soz sry tbf tbh thnx tho thru thx tnx ty tysm uh uhm
    um umm ur urgh wanna welp whats wheres whens whos hows whys wtf wth xd ya yall yea yeah yep yikes yup
    """.split()  # noqa: SIM905 - words read better as lines than as quoted items
)
