applications-list = { $count ->
    [0] 📥 Күтіп тұрған өтінім жоқ.
   *[other] 📥 Шешім күтуде: <b>{ $count } өтінім</b>
 }
applications-row = { $name } · { $district }
application-card =
    📥 <b>{ $name }</b>
    📱 { $phone }
    📍 { $district }
    🕘 { MOMENT($at) }
application-by-invite = ✉️ шақыру бойынша
application-decision = <b>{ application-state }</b> · { MOMENT($at) } · { $by }
application-reason = Себебі: { $reason }
application-approve = ✅ Мақұлдау
application-reject = ❌ Қабылдамау
application-approved-toast = Мақұлданды. Қызметтік нөмірі { $number }.
application-reason-ask =
    Өтінім неге қабылданбайды? <b>{ $name }</b>

    Себебін жазыңыз: оны өтінім беруші оқиды.
application-rejected-done = ✅ Өтінім қабылданбады. Өтінім берушіге хабар барады.

assistants-list = { $count ->
    [0] 👥 Әзірге көмекші жоқ. Шақыру жасаңыз.
   *[other] 👥 <b>{ $count } көмекші</b>. Іздеу үшін аты-жөнінің немесе нөмірінің бір бөлігін жазыңыз.
 }
assistants-found = { $count ->
    [0] Ешкім табылмады: «{ $search }». Аты-жөнінің немесе нөмірінің басқа бөлігін жазыңыз.
   *[other] Табылды: { $count } – «{ $search }»
 }
assistants-all = 👥 Бәрін көрсету
assistants-row = { $status ->
    [trainee] 🎓 { $name } · { $number }
    [active] 🟢 { $name } · { $number }
    [suspended] ⏸ { $name } · { $number }
   *[dismissed] ✖ { $name } · { $number }
 }
assistant-card =
    👤 <b>{ $name }</b>
    🪪 № { $number }
    📱 { $phone }
    📍 { $district }
    <b>{ assistant-status }</b> · { DATE($at, width: "long") }
assistant-erased = дербес деректері өшірілген
assistant-card-erased =
    👤 <b>{ assistant-erased }</b>
    🪪 № { $number }
    📍 { $district }
    <b>{ assistant-status }</b> · { DATE($at, width: "long") }
assistants-row-blocked = 🚫 { $row }
assistant-blocked-bot = 🚫 Ботты бұғаттаған: хабарлама жетпейді. Қоңырау шалыңыз.
assistant-set-status = { $status ->
    [active] ▶ Қызметке қайтару
    [suspended] ⏸ Тоқтату
   *[dismissed] ✖ Шығару
 }
assistant-move = 📍 Ауыстыру
assistant-relink = 🔁 Жаңа тіркелгі
assistant-relink-by-admin = 🔁 Басқа рөлі де бар: тіркелгіні тек әкімші ауыстыра алады.
assistant-shifts = 🕘 Ауысымдар
assistant-reason-ask = { $status ->
    [active] <b>{ $name }</b> неге қызметке қайтарылады? Себебін жазыңыз: оны көмекші оқиды.
    [suspended] <b>{ $name }</b>: қызметі неге тоқтатылады? Себебін жазыңыз: оны көмекші оқиды.
   *[dismissed] <b>{ $name }</b> неге шығарылады? Себебін жазыңыз: оны көмекші оқиды.
 }
assistant-status-done = ✅ Дайын, көмекшіге хабар барады.
assistant-move-ask = <b>{ $name }</b> қайда ауысады?
assistant-move-nowhere = Сізде бір ғана аудан бар. Көмекшіні (<b>{ $name }</b>) ауыстыру үшін әкімшіге айтыңыз.
assistant-moved-toast = Ауыстырылды.
assistant-relink-link =
    🔁 <b>{ $name }</b>: жаңа Telegram тіркелгісіне сілтеме

    { $link }

    Оны осы адамға жіберіңіз. Сілтеме { DURATION($lifetime, width: "long") } ішінде бір рет қана жарамды. Абайлаңыз: оны кім ашса, осы адамның орнына барлық құқығымен сол кіреді.

invites-list = { $count ->
    [0] ✉️ Қолданыстағы шақыру жоқ.
   *[other] ✉️ Қолданыстағы шақырулар: <b>{ $count }</b>
 }
invites-row = { $uses }/{ $limit } · { $district }
invites-new = ➕ Жаңа шақыру
invite-district = Қай ауданға?
invite-lifetime = 📍 { $district }

    Қанша уақыт жарамды болады?
invite-days = { $days } күн
invite-uses = { $days } күн. Неше адамға?
invite-people = { $count } адам
invite-card =
    ✉️ <b>{ $district }</b>

    { $link }

    Пайдаланылды: { $uses } / { $limit }. Мерзімі: { MOMENT($expires) }.
    Сілтемені шақыратын адамдарға жіберіңіз.
invite-withdraw = ✖ Шақыруды қайтарып алу
invite-withdrawn-toast = Қайтарып алынды.
