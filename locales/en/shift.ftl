# The shift: start, end, its card, corrections, and who is on duty.

key-start-shift = ▶ Start shift
key-end-shift = ⏹ End shift
key-send-location = 📍 Send my location
key-start-no-location = ▶ Start without location
key-end-no-location = ⏹ End without location
key-my-shifts = 🕘 My shifts
key-duty = 🟢 On duty
# $at: when it began
# $name: the kind of a result that was begun and not saved
menu-draft = ✏️ Not finished: { $name }. Go on: “{ key-result }”
menu-on-shift = 🟢 On shift since { TIME($at) }

# $police, $emergency: numbers to call
shift-start-ask =
    ▶ <b>Where does the shift begin?</b>

    Send your location by the key below. It is asked once now and once at the end.
    No location? Start without it: the shift is marked, nothing more.

    🚨 Emergency: { $police } or { $emergency }.
shift-started = ▶ Shift started at { TIME($at) }.
shift-end-ask =
    ⏹ <b>End the shift?</b> It began at { TIME($at) }.

    Send your location, or end without it.
# $length: how long it lasted
shift-ended = ⏹ Shift ended: <b>{ DURATION($length) }</b>. Thank you! Take care on the way home.
shift-ended-long =
    ⏹ Shift ended: <b>{ DURATION($length) }</b>.
    That is long. Did it end earlier? Press “✏️ Correct” in its report.
shift-ended-late =
    ⏹ Shift ended. It began long ago: { MOMENT($at, width: "short") }.
    When did it really end? Choose in its report: until then no hours count.
shift-on-already = ✅ You are on shift already, since { TIME($at) }.

shift-card-open = 🟢 <b>On shift since { TIME($at) }</b> · { DATE($at, width: "short") }
shift-card-unconfirmed = ⚠️ <b>The end of the shift is not stated</b>
    It began on { MOMENT($at, width: "short") }. No hours count until somebody says when it ended.
shift-card-closed = ⏹ <b>Shift: { DURATION($length) }</b>
    { MOMENT($start, width: "short") } – { TIME($end) }
# $place: inside, outside, unknown or none; $site: name of a place of duty
shift-place = { $place ->
    [inside] 📍 in the district
    [outside] ⚠️ outside the district
    [unknown] 📍 location noted
   *[none] ▫️ no location
 }
shift-place-site = 📍 { $site }
# $start, $end: places
shift-places = { $start } → { $end }
# $count: entries; $people_total: people reached
shift-results = { $count ->
    [one] 📋 { $count } result · people reached: { $people_total }
   *[other] 📋 { $count } results · people reached: { $people_total }
 }
shift-results-more = … and { $count } more
# $length: kilometres
shift-track = 🔴 Track: { $length } km
shift-asks-at = ⏰ At { TIME($at) } we will ask whether you are still on duty.
shift-is-asked = ❓ Are you still on duty? Please answer the question below.
shift-long = ⏱ Longer than usual.
# $start, $end: the ends asked for
shift-outside = ⚠️ Results outside the time of the shift: { $count }
shift-waits = ✏️ Correction under review: { TIME($start) } – { TIME($end) }
shift-card-live = 🔴 Live location
shift-live-help-alert = Press 📎, Location, then share your live location for 8 hours. The track is written until the shift ends; stop it whenever you like.
shift-live-on = 🔴 Live location is on: the track is written until the shift ends.
shift-correct = ✏️ Correct
shift-open = 🕘 Show the shift

# $at: an end; $length: from the start to it
shift-end-at = { TIME($at) } · { DURATION($length) }
shift-end-other = 🕘 Another time
shift-stay = ✅ Still on duty
shift-question =
    ❓ <b>Are you still on duty?</b>

    The shift began at { TIME($at) }. If it is over, choose when it ended.
shift-stays = ✅ Good. At { TIME($at) } we will ask again.
shift-end-time-ask =
    🕘 <b>When did the shift end?</b> It began on { MOMENT($at, width: "short") }.

    Write the time, for example 22:30.
shift-end-stated = ✅ { MOMENT($start, width: "short") } – { TIME($end) }: <b>{ DURATION($length) }</b> counted.

shifts-own = { $count ->
    [0] 🕘 You have no shifts yet.
   *[other] 🕘 My shifts: <b>{ $count }</b>
 }
shifts-own-row = { $state ->
    [open] 🟢 { MOMENT($start, width: "short") }
    [unconfirmed] ⚠️ { MOMENT($start, width: "short") }
   *[closed] { MOMENT($start, width: "short") } – { TIME($end) } · { DURATION($length) }
 }

correction-times-ask =
    ✏️ <b>When was the shift really?</b>
    Now: { MOMENT($start, width: "short") } – { TIME($end) }

    Write start and end, for example 18:00 – 22:30, or choose the end.
correction-why-ask =
    ✏️ { MOMENT($start, width: "short") } – { TIME($end) } · <b>{ DURATION($length) }</b>

    Why? Write the reason: your coordinator will read it.
correction-sent = ✅ Sent to your coordinator. You will be told the decision.
correction-withdraw = ✖ Take the request back
correction-withdrawn-toast = Taken back.
correction-card =
    ✏️ <b>{ $name }</b>
    📱 { $phone }
    📍 { $district }
    Now: { MOMENT($old_start, width: "short") } – { TIME($old_end) }
    Asks for: <b>{ MOMENT($start, width: "short") } – { TIME($end) }</b> · { DURATION($length) }
    Reason: { $reason }
# $state: pending, approved, rejected or withdrawn; $by: name or a dash
correction-state = { $state ->
    [pending] under review
    [approved] approved
    [rejected] rejected
   *[withdrawn] taken back
 }
correction-decision = <b>{ correction-state }</b> · { MOMENT($at) } · { $by }
correction-approved-toast = Approved; the person will be told.
correction-refusal-ask =
    Why does the shift of <b>{ $name }</b> stay as it is?

    Write the reason: the person will read it.
correction-rejected-done = ✅ Rejected; the person will be told.

duty-list = { $count ->
    [0] 🟢 Nobody is on duty now.
   *[other] 🟢 On duty now: <b>{ $count }</b>
 }
duty-line = { TIME($since) } · <b>{ $name }</b> · { $phone } · { $place }{ $planned ->
    [true] { "" }
   *[false] { " " }· unplanned
 }
duty-row = { TIME($since) } · { $name }
duty-card =
    👤 <b>{ $name }</b>
    📱 { $phone }
    📍 { $district }
duty-forgotten = ⚠️ Forgotten shifts: { $count }
forgotten-list = { $count ->
    [0] ✅ No forgotten shifts.
   *[other] ⚠️ Shifts without a stated end: <b>{ $count }</b>
    They count for nothing until it is stated.
 }
forgotten-settle-all = { $hours ->
    [one] All: start + { $hours } hour
   *[other] All: start + { $hours } hours
 }
forgotten-reason-ask = { $count ->
    [one] <b>{ $count } shift</b> will get { DURATION($length) } from its start.
   *[other] <b>{ $count } shifts</b> will get { DURATION($length) } each from their start.
 }

    Write the reason: it is kept, and the people are told.
forgotten-settled-toast = Stated; the person will be told.
# $left: how many need a decision of their own
forgotten-settled-done = ✅ Settled: { $count }. Left for a decision of their own: { $left }.
shifts-of = { $count ->
    [0] 🕘 <b>{ $name }</b>: no shifts so far.
   *[other] 🕘 <b>{ $name }</b>. Shifts: <b>{ $count }</b>
 }
duty-request = ✏️ A correction is asked for: decide
duty-end-ask =
    🕘 <b>{ $name }</b>. When did the shift end? It began on { MOMENT($at, width: "short") }.

    Write the time, for example 22:30.
duty-fix-ask =
    ✏️ <b>{ $name }</b>. When was the shift really?
    Now: { MOMENT($start, width: "short") } – { TIME($end) }

    Write the start and the end, for example 18:00 – 22:30, or only the end.
duty-fix-why =
    ✏️ { MOMENT($start, width: "short") } – { TIME($end) } · <b>{ DURATION($length) }</b>

    Why? Write the reason: the person will read it.
duty-fix-done = ✅ Corrected; the person will be told.
duty-day-open = 📅 By day
# $day: a date
duty-day-list = { $count ->
    [0] 📅 <b>{ DATE($day, width: "short") }</b>: no shifts.
   *[other] 📅 <b>{ DATE($day, width: "short") }</b> · Shifts: <b>{ $count }</b>
 }
duty-day-row = { $state ->
    [open] 🟢 { TIME($start) } · { $name }
    [unconfirmed] ⚠️ { TIME($start) } · { $name }
   *[closed] { TIME($start) } – { TIME($end) } · { $name }
 }
duty-day-beside = { $later ->
    [true] { DATE($day, width: "short") } ▶
   *[false] ◀ { DATE($day, width: "short") }
 }
duty-day-pick = ✏️ Correct several
# $count: shifts chosen, of $total that can be
day-fix-ask =
    ✏️ <b>{ DATE($day, width: "short") }</b>
    Which shifts are to be corrected?
    { $count ->
        [0] Press them.
       *[other] Chosen: <b>{ $count }</b> of { $total }.

            Write the right times, for example 18:00 – 22:30, or only the end: 22:30.
    }
day-fix-all = ✅ All
day-fix-none = ⬜ None
day-fix-proposal = { $name }: <b>{ TIME($start) } – { TIME($end) }</b> · { DURATION($length) }
day-fix-refused = ⚠️ { $name }: stays as it is. { $reason }
day-fix-more = … and { $count } more
# $proposals: lines of day-fix-proposal and day-fix-refused
day-fix-why =
    ✏️ <b>It will be so:</b>
    { $proposals }

    Why? Write the reason: the assistants will read it.
day-fix-done = { $count ->
    [0] ⚠️ Nothing was corrected.
   *[other] ✅ Corrected: { $count }; the assistants will be told.
 }{ $left ->
    [0] { "" }
   *[other] { " " }Left as they were: { $left }.
 }

notice-shift-closed = ⏹ The shift closed by itself: nobody answered.
notice-shift-unconfirmed =
    ⚠️ <b>When did your shift end?</b>

    It began on { MOMENT($at, width: "short") }. Until the end is stated, no hours count.
notice-shift-forgotten = 🔔 A shift without a stated end
notice-shifts-forgotten = 🔔 <b>{ $district }</b>: shifts closed without a stated end: <b>{ $count }</b>
forgotten-open = ⚠️ All forgotten shifts
notice-shift-settled =
    🕘 The coordinator stated the times of your shift.
    { MOMENT($start, width: "short") } – { TIME($end) }: <b>{ DURATION($length) }</b> counted.
    Not right? Open the shift and press “✏️ Correct”.
notice-correction = 🔔 A request to correct a shift
notice-correction-decided = { $state ->
    [approved] ✅ Your shift is corrected: { MOMENT($start, width: "short") } – { TIME($end) }.
   *[rejected] ❌ The shift stays as it is. Reason: { $reason }
 }

error-shift-not-assistant = Shifts are for assistants. Apply in the main menu.
error-shift-trainee = You are a trainee. Pass the briefing first: its key is in the main menu.
error-shift-suspended = You are suspended since { DATE($at) }: { $reason }. Please ask your coordinator.
error-shift-dismissed = You are dismissed: { $reason }. You may apply again in the main menu.
error-shift-no-briefing = Your briefing is no longer valid. Pass it again: its key is in the main menu.
error-shift-open = You are on shift already, since { TIME($at) }.
error-shift-ended-since = Your shift ended at { TIME($at) }, after that message. Press start again for a new one.
error-shift-none = You are not on shift.
error-shift-ended = This shift has ended already: { MOMENT($at, width: "short") }.
error-shift-began-later = That message is older than your shift, which began at { TIME($at) }. To end it, press the key again.
error-location-wanted = Please send your location by the key below, or go on without it.
error-location-forwarded = This place was forwarded. Please send your own by the key below, or start without it.
error-location-old = This place was sent too long ago. Please send it again, or start without it.
error-shift-time = Please write a time, for example 22:30.
error-shift-time-ahead = That time has not come yet. The start is { TIME($start) }.
error-nothing-chosen = First press the shifts to correct.
error-shift-span = Please write the times, for example 18:00 – 22:30, or only the end: 22:30.
error-shift-length = { $hours ->
    [one] A shift lasts from the start to the end, at most { $hours } hour.
   *[other] A shift lasts from the start to the end, at most { $hours } hours.
 }
error-shift-overlap = There was another shift at that time: { MOMENT($at, width: "short") }.
error-shift-unbriefed = There was no valid briefing at that time.
error-correction-open = End the shift first, then correct it.
error-correction-late = { $days ->
    [one] Only shifts of the last { $days } day can be corrected. Ask your coordinator.
   *[other] Only shifts of the last { $days } days can be corrected. Ask your coordinator.
 }
error-correction-waits = A request about this shift is under review already.
error-correction-same = These are the times the shift has already.
error-correction-decided = Already decided: { correction-state }, { MOMENT($at) }, { $by }.
error-correction-own = You cannot decide on your own shift. Ask another coordinator or the admin.
