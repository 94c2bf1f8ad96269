# The handbook: may I do this?

# $police, $emergency: numbers to call
handbook =
    📖 <b>May I?</b>

    Choose a topic, or write in your own words what happened. For example: <i>a drunk person in the yard</i>

    🚨 In danger do not read: call { $police } or { $emergency }.
handbook-topics = 📖 Topics
# $name: of the topic
handbook-topic =
    <b>{ $name }</b>

    Choose a situation, or write in your own words.
# $answer: may, may_not or call_102; $text: a few lines; $source: a law or a rule of the service
handbook-answer =
    <b>{ $title }</b>
    <b>{ $answer ->
        [may] ✅ YOU MAY
        [may_not] ⛔ YOU MAY NOT
       *[call_102] 🚨 CALL { $police } OR { $emergency }
    }</b>

    { $text }
    <i>📖 { $source }</i>
handbook-found = { $count ->
    [0] 🔎 Not it? Write in other words.
   *[other] 🔎 Not it? Choose below or write.
 }
handbook-nothing =
    🔎 Nothing found. Try one or two other words, or look through the topics.

    Not in the handbook? Do not do it, and ask your coordinator.
