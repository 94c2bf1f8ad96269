# Results of work: recording them, what is attached, and one's own day.

key-result = ➕ Result
key-my-day = 📅 My day

activity-kinds = ➕ <b>What did you do?</b>
activity-begun-toast = Begun already: answer the question below.
activity-go-on = ▶ Go on: { $name }
activity-more = More ▸
# $name: emoji and name of the kind
activity-title = <b>{ $name }</b>
# $police, $emergency: numbers to call
activity-emergency = 🚨 <b>Danger? Call { $police } or { $emergency } first.</b>
# $limit: one sentence of the content pack
activity-limit = <i>{ $limit }</i>
# $at: when the shift ended
activity-late = 🕘 Goes to the shift that ended on { MOMENT($at, width: "short") }.
# $field: a field of the kind; $value: what is filled in
activity-value = { activity-field }: <b>{ $value }</b>
activity-field = { $field ->
    [area] Place
    [period] Time
    [partner] Partner
    [topic] Topic
    [audience] With whom
    [format] Form
    [people] People reached
    [homes] Homes
    [copies] Copies
    [operation] Operation
    [event] Event
    [officer] Police officer
    [category] Category
    [handed_to] Handed to
    [reference] Reference number
    [age_group] Who is missing
    [found] Found
    [adult] Adult present
    [action] What was done
    [hours] Length
   *[note] Note
 }
activity-question = { $field ->
    [area] <b>Where?</b> Write a street, a park, a village.
    [period] <b>When?</b> Press, or write like 21:00 – 22:10.
    [partner] <b>With which partner?</b> Write the surname.
    [topic] <b>On what topic?</b>
    [audience] <b>With whom?</b>
    [format] <b>In what form?</b>
    [people] <b>How many people?</b> Press, or write a number.
    [homes] <b>How many homes?</b> Press, or write a number.
    [copies] <b>How many copies?</b> Press, or write a number.
    [operation] <b>Which operation?</b>
    [event] <b>Which event?</b> Write its name.
    [officer] <b>Which police officer was there?</b> Write rank and surname.
    [category] <b>What kind of offence?</b>
    [handed_to] <b>To whom is it handed?</b>
    [reference] <b>Under what number is it registered?</b> Write it.
    [age_group] <b>Who is missing?</b> No names.
    [found] <b>Found?</b>
    [adult] <b>Which officer, teacher or parent was there?</b> Write who.
    [action] <b>What was done?</b> Write briefly, without names.
    [hours] <b>How long?</b> Press, or write like 1:30.
   *[note] <b>A note?</b> Write it, without names and addresses.
 }
activity-form = <b>Is all of it right?</b> Save, or change what is wrong.
# $count: files and places
activity-attached = 📎 Attached: { $count }
activity-attached-draft = 📎 What you sent will be attached.
activity-save = ✅ Save
activity-save-now = ✅ Save now
activity-skip = ⏭ Leave empty
activity-change = ✏️ { activity-field }
activity-fill = ➕ { activity-field }
# $begins, $ends: moments of one shift
activity-period = { TIME($begins) } – { TIME($ends) }
activity-yes = Yes
activity-no = No
activity-choice = { $choice ->
    [single] one person
    [group] a group
    [meeting] a meeting
    [police] 102
    [officer] a police officer
    [akimat] the akimat
    [child] a child
   *[adult] an adult
 }
# $at: when the other one was saved
activity-same-ask =
    ⚠️ <b>Is it the same one?</b>

    { $name } was saved at { TIME($at) }:
activity-same-yes = Yes, the same one
activity-same-no = No, another one
activity-overlap-ask =
    ⚠️ <b>The time overlaps.</b>

    There is already { $name }: { TIME($begins) } – { TIME($ends) }.
activity-overlap-change = ✏️ Change the time
activity-overlap-save = Save all the same
activity-saved = ✅ <b>Saved at { TIME($at) }</b>
activity-saved-toast = Saved at { TIME($at) }.
activity-saved-again-toast = Already saved at { TIME($at) }.

# $state: where the entry stands; $at: when it happened
entry-state = { entry-state-name } · { MOMENT($at, width: "short") }
entry-state-name = { $state ->
    [submitted] 📤 sent
    [edited] 📤 sent again
    [has_issues] ⚠️ returned
    [approved] ✅ approved
    [rejected] ❌ rejected
   *[withdrawn] ✖ withdrawn
 }
# $kind: emoji; $time: when; $what: topic, place or the like
entry-row = { $state ->
    [has_issues] ⚠️ { $kind } { $time } { $what }
    [approved] ✅ { $kind } { $time } { $what }
    [rejected] ❌ { $kind } { $time } { $what }
    [withdrawn] ✖ { $kind } { $time } { $what }
   *[submitted] { $kind } { $time } { $what }
 }
entry-overlaps = ⚠️ The time overlaps another entry.
entry-outside = ⚠️ Outside the time of its shift.
entry-reason = 💬 { $reason }
entry-edit = ✏️ Change
entry-undo = ↩ Undo
entry-withdraw = ✖ Withdraw
entry-another = ➕ Another result
entry-history = 🕘 History
entry-withdrawn = ✅ Withdrawn. It stays in the history and counts no more.
entry-withdrawn-toast = Withdrawn.
entry-same-toast = Nothing was changed.
# $at: when it was last saved
entry-unsaved-toast = The changes were lost. Last saved at { TIME($at) }.
entry-withdraw-ask =
    ✖ { $name }, { MOMENT($at, width: "short") }

    Why is it withdrawn? Write the reason: it stays in the history.
# $count: versions
entry-versions = 🕘 <b>History</b>: versions: { $count }
entry-versions-more = … and { $count } more
# $number: of the version; $by: a name, or entry-by-you
entry-version = <b>{ $number }.</b> { MOMENT($at, width: "short") } · { $by } · { entry-state-name }
entry-by-you = you
# $field: period; $value: as it was before
entry-was = – was: { activity-field }: { $value }
# $line: a field as it was before
entry-was-line = – was: { $line }
entry-was-empty = – was empty: { activity-field }

# $kind: photo, voice, location or document
attachment-ask = { $kind ->
    [photo] 📎 <b>What does the photo belong to?</b>
    [voice] 📎 <b>What does the voice message belong to?</b>
    [location] 📎 <b>What does the place belong to?</b>
   *[document] 📎 <b>What does the document belong to?</b>
 }
attachment-caption = The caption is not kept: write it as a note.
attachment-faces = 🚫 No faces, no documents and no number plates in photos.
attachment-new = ➕ A new result
attachment-none = ✖ Nothing, delete it
attachment-open = 📋 Open the entry
attachment-settled = 📎 It belongs to an entry.
# $count: attachments of the entry
attachment-attached-toast = Attached. The entry has { $count } now.
attachment-forgotten = ✖ Deleted.

# $day: today
day-title = 📅 <b>My day</b> · { DATE($day, width: "short") }
day-no-shift = ▫️ No shift today.
day-on-shift = 🟢 On shift since { TIME($at) }
day-unconfirmed = ⚠️ The end of the shift of { TIME($at) } is not stated.
day-shift = ⏹ Shift { TIME($start) } – { TIME($end) }: <b>{ DURATION($length) }</b>
# $count: entries
day-entries = 📋 Results: <b>{ $count }</b> · people reached: <b>{ $people_total }</b>
# $count: shifts; $worked: their length
day-this-month = <b>This month.</b> Shifts: { $count } · { DURATION($worked) }
day-last-month = <b>Last month.</b> Shifts: { $count } · { DURATION($worked) }
# $count: shifts
day-month-unconfirmed = ⚠️ Without a stated end, so without hours: { $count }
# $kinds: emoji and number of each kind
day-month-results = { $kinds } · people reached: { $people_total }
# $count: entries of other kinds
day-others = other: { $count }
day-states = { $states }
# $count: entries
day-state = { $state ->
    [submitted] sent: { $count }
    [edited] sent again: { $count }
    [has_issues] returned: { $count }
    [approved] approved: { $count }
    [rejected] rejected: { $count }
   *[withdrawn] withdrawn: { $count }
 }
# $until: until when it is valid
day-briefing = 🎓 Briefing valid until { DATE($until, width: "long") }
day-returned = ⚠️ Returned to you: { $count }
day-waiting = 📎 Without an entry: { $count }
day-all-entries = 📋 All results
day-my-shifts = 🕘 Shifts
day-hours = 📊 Hours
day-certificates = 📜 Certificates: { $count }
day-chart-title = My hours this month
# $worked: the whole month
day-chart-total = In all: { DURATION($worked) }
# $at: when the shift began
entries-title = 📋 <b>Shift of { MOMENT($at, width: "short") }</b>
entries-returned = { $count ->
    [0] ✅ Nothing was returned to you.
   *[other] ⚠️ <b>Returned to you: { $count }</b>. Open one to see why and to mend it.
 }

error-activity-kind = This kind is not recorded any more. Please choose another.
error-activity-lost = That draft is gone. What was saved is in “📅 My day”.
error-activity-no-shift = Results are recorded on a shift. Please start one first.
# $at: when the shift ended
error-activity-late = The shift ended at { MOMENT($at, width: "short") }; results were taken until the noon after. Ask your coordinator to correct it.
error-activity-status = Only an active assistant records results. Ask your coordinator.
error-choose-button = Please choose with the buttons.
error-words-wanted = Please write it in words.
# $limit, $length: characters
error-words-long = Too long: { $length } characters. At most { $limit }.
# $limit: the largest number
error-count-form = Please write a bare number from 1 to { $limit }, such as 12.
error-count-range = The number must be from 1 to { $limit }.
error-hours-form = Please write a length from 0:15 to 24:00, such as 1:30.
error-period-form = Please write two times, such as 21:00 – 22:10.
error-period-order = It must end after it begins.
error-period-ahead = That is still to come. Please write a time until now.
# $at: when the shift began
error-period-before-shift = That is before the shift: it began at { TIME($at) }. Give a time not before its start.
# $at: when the shift ended
error-period-after-shift = That is after the shift: it ended at { TIME($at) }. Give a time not after its end.
error-officer-wanted = With persons on record an officer must be there. Please name the officer.
error-field-missing = Something is missing: { activity-field }.
error-field-value = This cannot be taken: { activity-field }. Please choose again.
error-undo-late = It can no longer be undone. “✖ Withdraw” does it with a reason.
# $at: when it was changed
error-entry-changed = Already changed at { TIME($at) }.
# $at: when it was withdrawn
error-entry-withdrawn = Already withdrawn at { TIME($at) }.
# $limit: megabytes
error-attachment-size = The file is too large: at most { $limit } MB.
error-attachment-kind = Only photos, voice messages, documents and places can be attached.
error-attachment-no-shift = Photos and the like are taken during a shift only.
error-attachment-assigned = It belongs to an entry already.
