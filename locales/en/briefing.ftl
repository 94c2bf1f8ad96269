# The mandatory briefing: reading, quiz, signature, and what coordinators see of it.

key-briefing = 📘 Briefing
menu-briefing-due = 📘 Pass the briefing: no shift starts without it.
# $version: such as "2026-1"; $until: when the pass ends
profile-briefing = 📘 Briefing { $version } · valid until { DATE($until, width: "long") }
profile-no-briefing = 📘 The briefing is to be passed.

# $why: first, new_version or repeat; $asked: questions of the quiz; $needed: right answers
briefing-intro = { $why ->
    [new_version] 🆕 There is a new version: please pass it from the beginning.
    [repeat] 🔁 It is time to pass the briefing again.
   *[first] 📘 The last step before you serve: the briefing.
 }

    <b>{ $title }</b>

    Short modules: { $modules }. A quiz at the end: questions { $asked }, right answers needed { $needed }.
    Validity in months: { $months }.

    Stop at any moment and go on from the same place later.
briefing-begin = ▶ Begin
briefing-next = Next ▶
# $page of $pages: those of the module; $text: HTML of the page
briefing-module =
    <b>{ $number } of { $total }. { $title }</b>{ $pages ->
        [1] { "" }
       *[other] { " " }· { $page }/{ $pages }
    }

    { $text }
briefing-read-again = 📖 Read again
briefing-repeat = 🔁 Repeat it now
briefing-undertaking =
    🎉 <b>Quiz passed: { $score } of { $asked }.</b>

    { $text }

    <i>Version { $version }</i>
briefing-sign = ✅ I have read it and undertake to follow it
# $next: first (a trainee has become active), active or suspended
briefing-signed =
    ✅ <b>Signed.</b> Valid until { DATE($until, width: "long") }.

    { $next ->
        [first] You are active now. Next comes your first shift: start it from the main menu.
        [suspended] You are still suspended: wait for your coordinator's decision.
       *[active] You may go on shift.
    }
briefing-holding =
    ✅ <b>You have passed the briefing.</b>

    Valid until { DATE($until, width: "long") }.

quiz-ready =
    ✅ <b>All modules are read.</b>

    The quiz: questions { $asked }, right answers needed { $needed }.
    Tries left: <b>{ $tries }</b>.
quiz-start = ▶ Start the quiz
# $options: the numbered answers, a line each
quiz-question =
    <b>{ $number } of { $total }</b>

    { $text }

    { $options }
quiz-right-toast = ✅ Right.
quiz-wrong =
    ❌ <b>Wrong.</b> { $question }

    Right answer: <b>{ $right }</b>

    { $explanation }
quiz-next = Next question ▶
quiz-result = See the result ▶
quiz-repeated-toast = You have answered this question: the first answer counts.
# Followed by the modules to read again
quiz-failed = ❌ <b>{ $score } of { $asked } right</b>, { $needed } needed. Read again:
quiz-failed-module = { $number }. { $title }
quiz-failed-more = … and { $count } more
quiz-tries-left = Tries left: <b>{ $tries }</b>.
quiz-again = 🔁 Try again
quiz-paused = ⏸ The next try: <b>{ MOMENT($until) }</b>. Your coordinator knows.

# Before a coordinator: a person who failed every try; followed by the modules with mistakes
briefing-stuck =
    👤 <b>{ $name }</b> · No. { $number }
    📱 { $phone }
    📍 { $district }
    Quiz: { $score } of { $asked }, { $needed } needed. Mistakes in the modules:
briefing-stuck-until = ⏸ The next try: { MOMENT($until) }
briefing-stuck-over = ✅ May try again.
briefing-allow-try = 🔁 Allow another try now
briefing-try-allowed-toast = Allowed, the assistant will be told.
briefing-open-card = 👤 Open the card

notice-briefing-passed =
    🎓 <b>{ $name }</b> has passed the briefing.
    🪪 No. { $number }
    📍 { $district }
    Quiz: { $score } of { $asked } · valid until { DATE($until, width: "long") }
notice-briefing-stuck = ⚠️ The quiz of the briefing is failed and no tries are left. Call and help.
notice-briefing-try-allowed = 🔁 Your coordinator allows another try now.
notice-briefing-ending = ⏳ Your briefing is valid until <b>{ DATE($until, width: "long") }</b>. Pass it again ahead of that: no shift starts without it.
notice-briefing-new-version = 🆕 There is a new version of the briefing. Pass it before your next shift: no shift starts without it.

journal-open = 📒 Journal of briefings
journal = 📒 <b>Journal of briefings</b>

    Who passed when, with what score. Choose a period and a kind of file.
journal-empty = 📒 Nobody has passed the briefing this year or last year.
# $period: month, last, year or lastyear; $form: PDF or XLSX; $count: lines
journal-get = { $period ->
    [month] This month ({ $count }) · { $form }
    [last] Last month ({ $count }) · { $form }
    [lastyear] Last year ({ $count }) · { $form }
   *[year] This year ({ $count }) · { $form }
 }
journal-title = Journal of briefings
journal-scope-row = { DATE($first, width: "long") } – { DATE($last, width: "long") } · { $places }
# Headings of its columns
journal-column-name = Surname, name
journal-column-service = Service number
journal-column-district = District
journal-column-version = Version
journal-column-score = Score
journal-column-signed = Signed
journal-column-until = Valid until
journal-column-language = Language
journal-column-hash = Text signed, SHA-256
journal-texts = Texts signed
journal-responsible = Person responsible

error-briefing-assistants-only = Only assistants pass the briefing.
error-briefing-too-fast = Please read on: { $seconds } s.
error-briefing-version = There is a new version of the briefing. Please pass it from the beginning.
error-briefing-order = Read the modules before it first.
error-briefing-signed = Already signed: { MOMENT($at) }.
error-briefing-not-stuck = The pause is over already.
error-briefing-try-allowed = Already allowed: { MOMENT($at) }.
error-quiz-over = This attempt is over. Here is the current screen.
error-quiz-order = Answer the question on the screen first.
error-quiz-option = There is no such answer.
