# The digests of a day, a week and a month, and what waits in that of today to be settled.

key-digest = 📊 Digest
digest-choose = 📊 Of which district?
# $kind: daily, opened, weekly or monthly; $first, $last: local dates it tells of
digest-title = { $kind ->
    [weekly] 📊 <b>{ $district }</b> · week: { DATE($first, width: "short") } – { DATE($last, width: "short") }
    [monthly] 📊 <b>{ $district }</b> · { DATE($first, width: "month") }
   *[daily] 📊 <b>{ $district }</b> · { DATE($first, width: "short") }
 }
digest-nothing = { $kind ->
    [weekly] 📊 { $district } · { DATE($first, width: "short") } – { DATE($last, width: "short") }: nothing in that week, nor in the one before.
    [monthly] 📊 { $district } · { DATE($first, width: "month") }: nothing in that month, nor in the one before.
   *[daily] 📊 { $district } · { DATE($first, width: "short") }: nothing on that day.
 }
# $value, $eve, $before: numbers or lengths of time, written already; beside a day stand the whole day before and the mean of seven days
digest-line = { $label }: <b>{ $value }</b> ({ $eve }, ⌀ { $before })
digest-line-long = { $label }: <b>{ $value }</b> ({ $before })
digest-brackets = { $kind ->
    [weekly] In brackets: the week before.
    [monthly] In brackets: the month before.
   *[daily] In brackets: ⌀ of 7 days.
 }
# $partial: whether the day went on at $at, when the figures were read
digest-brackets-eve = { $partial ->
    [true] Up to { TIME($at) }. In brackets: the whole day before, ⌀ of 7 days.
   *[false] In brackets: the day before, ⌀ of 7 days.
 }
digest-column-figure = Figure
digest-column-count = { $kind ->
    [weekly] Week
    [monthly] Month
   *[daily] Day
 }
digest-column-before = { $kind ->
    [weekly] Week before
    [monthly] Month before
   *[daily] ⌀ 7 days
 }
digest-column-by = By { TIME($at) }
digest-column-eve = Day before
digest-shifts = ⏱ Shifts
digest-hours = 🕘 Time on duty
digest-people = 👥 People reached
digest-others = 📋 Other results
digest-category = ▫ { $category }
digest-categories-rest = ▫ Other categories
digest-duty = 🟢 On duty now: { $names }
digest-duty-more = 🟢 On duty now: { $names } and { $count } more
digest-duty-nobody = ⚪ Nobody is on duty now.
digest-unheard = ⚠️ Incomplete: what was sent from { MOMENT($since, width: "short") } to { MOMENT($until, width: "short") } never came.
digest-left = ⚠️ To settle: <b>{ $count }</b>
digest-settled = ✅ Nothing to settle.
digest-today-row = { $count ->
    [0] 📊 Today
   *[other] 📊 Today · ⚠️ { $count }
 }
digest-forgotten-row = ⏱ When did it end? { MOMENT($at, width: "short") } · { $name }
digest-recruit-row = 📥 Application · { $name }
# $at: when the shift began; the button notes that its place was seen
digest-place-row = { $place ->
    [outside] ⚠️ Outside district: { MOMENT($at, width: "short") }, mark seen · { $name }
   *[none] 📍 No place: { MOMENT($at, width: "short") }, mark seen · { $name }
 }
digest-stuck-row = 🎓 No tries left · { $name }
digest-slow-row = 🎓 Trainee, remind · { $name }
digest-expiring-row = 📘 Briefing until { DATE($until, width: "short") }, remind · { $name }
digest-back = ◀ Digest
digest-done-toast = Done.
digest-reminded-toast = Reminded.
digest-reminder = 📘 The coordinator reminds you: pass the mandatory briefing. Press “📘 Briefing” below.
digest-chart = 📈 <b>{ $district }</b>: time on duty by day
digest-file = 📎 <b>{ $district }</b> · { $kind ->
    [weekly] { DATE($first, width: "short") } – { DATE($last, width: "short") }
   *[monthly] { DATE($first, width: "month") }
 }: by assistant and by day
digest-chart-title = { $district }: time on duty, hours
digest-chart-days-row = { DATE($first, width: "short") } – { DATE($last, width: "short") }
# $worked, $before: lengths of time, of the week or month and of the one before
digest-chart-total-row = { $worked } ({ $kind ->
    [weekly] week before
   *[monthly] month before
 }: { $before })
# $day: d1 is Monday; $number: of the day in its month
digest-chart-day = { $day ->
    [d1] Mon
    [d2] Tue
    [d3] Wed
    [d4] Thu
    [d5] Fri
    [d6] Sat
   *[d7] Sun
 } { $number }
digest-sheet-assistants = By assistant
digest-sheet-days = By day
digest-sheet-day = Date
digest-sheet-shifts = Shifts
digest-sheet-hours = Credited time, h:mm
digest-sheet-people = People reached
digest-sheet-other = Other results
digest-sheet-category = Category
digest-sheet-before = { $kind ->
    [weekly] Week before
   *[monthly] Month before
 }
digest-sheet-total = Total
digest-set-open = ⚙️ Settings
# $at: HH:MM, local
digest-set = ⚙️ <b>{ $district }</b>: digests come at <b>{ $at }</b>. Of a day: on the days marked ✅. Of a week: on Mondays. Of a month: on the first. Both with a chart and a table.
digest-set-never = ⚙️ <b>{ $district }</b>: no digest comes. It is always under “📊 Digest”.
digest-set-weekly = { $chosen ->
    [true] ✅ Of the week: on Mondays
   *[false] ▫ Of the week: on Mondays
 }
digest-set-monthly = { $chosen ->
    [true] ✅ Of the month: on the first
   *[false] ▫ Of the month: on the first
 }
digest-set-time = { $chosen ->
    [true] ✅ { $at }
   *[false] { $at }
 }
# $at: HH:MM, the time that is chosen
digest-set-other = { $chosen ->
    [true] ✅ { $at } · another
   *[false] 🕗 Another time
 }
digest-set-ask = 🕗 At what time should the digests of <b>{ $district }</b> come? Write it, for example 07:30.
# $day: d1 is Monday
digest-set-day = { $chosen ->
    [true] ✅ { digest-weekday }
   *[false] ▫ { digest-weekday }
 }
digest-weekday = { $day ->
    [d1] Monday
    [d2] Tuesday
    [d3] Wednesday
    [d4] Thursday
    [d5] Friday
    [d6] Saturday
   *[d7] Sunday
 }
digest-set-quiet = { $chosen ->
    [true] 🔕 Without a sound
   *[false] 🔔 With a sound
 }
digest-set-toast = Saved.
error-digest-not-serving = This person does not serve now.
error-digest-reminded = They were reminded within the last seven days.
