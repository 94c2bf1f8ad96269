# The roster: planned duties, for coordinators and for those who are planned.

roster-open = 🗓 Duty roster
roster-plan = 🗓 Plan a duty
roster-person = 👤 Card
roster-list = { $count ->
    [0] 🗓 No duties are planned. To plan one, open an assistant.
   *[other] 🗓 Planned duties: <b>{ $count }</b>
 }
# $start, $end: of the duty; $name: whose it is
roster-row = { MOMENT($start, width: "short") } – { TIME($end) } · { $name }
roster-own-row = 🗓 { MOMENT($start, width: "short") } – { TIME($end) }
# $outcome: ahead, kept, missed or cancelled
roster-card =
    🗓 <b>{ MOMENT($start, width: "short") } – { TIME($end) }</b>
    👤 { $name }
    📱 { $phone }
    📍 { $district }
    { $outcome ->
        [ahead] ⏳ planned
        [kept] ✅ the shift was started
        [missed] ⚠️ did not start a shift
       *[cancelled] ✖ cancelled
     }
roster-cancel = ✖ Cancel the duty
roster-cancelled-toast = Cancelled; the person will be told.

# $ahead: days from today; $day: the date
plan-day = { $ahead ->
    [0] Today
    [1] Tomorrow
   *[other] { DATE($day, width: "short") }
 }
# $count: duties planned for the person already, which stand below as buttons
plan-day-ask = { $count ->
    [0] 🗓 On which day is <b>{ $name }</b> on duty?
   *[other] 🗓 On which day is <b>{ $name }</b> on duty?
    Planned already: { $count }
 }
plan-hours-ask =
    🗓 <b>{ $name }</b> · { DATE($day, width: "short") }

    From when to when? Choose, or write, for example 18–22.
plan-done = ✅ Planned: { MOMENT($start, width: "short") } – { TIME($end) }. The person will be told.

day-duty = { $more ->
    [0] 🗓 Duty: { MOMENT($start, width: "short") } – { TIME($end) }
   *[other] 🗓 Duty: { MOMENT($start, width: "short") } – { TIME($end) }, and { $more } more
 }
day-duties = 🗓 My duties: { $count }
own-duties = { $count ->
    [0] 🗓 No duties are planned for you.
   *[other] 🗓 Your duties: <b>{ $count }</b>
 }
own-duties-line = { MOMENT($start, width: "short") } – { TIME($end) }
own-duties-more = … and { $count } more

shift-planned = 🗓 Planned: { TIME($start) } – { TIME($end) }
shift-unplanned = ▫️ unplanned
# $at: when the duty was planned to end
shift-planned-end =
    ⏰ <b>Your duty was planned until { TIME($at) }.</b>

    Is the shift over? End it, or say that you are still on duty.

digest-missed-row = 🗓 Did not come: { MOMENT($at, width: "short") } · { $name }
digest-missed-note = ✔ Noted
morning-title = 🗓 <b>{ $district }</b> · { DATE($day, width: "short") }: on duty today
morning-line = { TIME($start) } – { TIME($end) } · { $name }
morning-rest = … and { $count } more

notice-assignment-planned = 🗓 You are planned for duty: <b>{ MOMENT($start, width: "short") } – { TIME($end) }</b>. If you cannot come, please tell your coordinator.
notice-assignment-cancelled = ✖ Your duty is cancelled: { MOMENT($start, width: "short") } – { TIME($end) }.
notice-assignment-soon = ⏰ Your duty begins soon: <b>{ MOMENT($start, width: "short") } – { TIME($end) }</b>.

error-assignment-hours = Please write two times, for example 18–22 or 18:00–22:30.
error-assignment-past = That time has passed. Choose a later one.
error-assignment-length = { $hours ->
    [one] A duty ends after its start and lasts at most { $hours } hour.
   *[other] A duty ends after its start and lasts at most { $hours } hours.
 }
error-assignment-overlap = There is a duty at that time: { MOMENT($start, width: "short") } – { TIME($end) }.
error-assignment-same = Already planned at { TIME($at) }: { MOMENT($start, width: "short") } – { TIME($end) }.
error-assignment-status = Only somebody active can be on duty; this person’s status: { assistant-status }.
error-assignment-cancelled = Already cancelled: { MOMENT($at, width: "short") }.
error-assignment-kept = The shift for this duty was started: it cannot be cancelled.
error-assignment-over = This duty is over.
