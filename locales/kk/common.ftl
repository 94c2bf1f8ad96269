language-name = Қазақша
language-ask = Тілді таңдаңыз:
language-chosen-toast = Енді қазақша.

bot-description =
    Kömekshi – жергілікті полицияның қоғамдық көмекшілеріне арналған бот.

    Өтінім беру немесе жұмысты бастау үшін START басыңыз.

    Бот шұғыл хабарламаларды қабылдамайды: { $police } немесе { $emergency } нөміріне қоңырау шалыңыз.
bot-about = Жергілікті полицияның қоғамдық көмекшілері мен үйлестірушілері үшін. Шұғыл жағдайда: { $police }, { $emergency }.

command-start = Бастау немесе жалғастыру
command-menu = Басты мәзір
command-language = Тілді ауыстыру
command-help = Көмек
command-cancel = Бастаған әрекеттен бас тарту

button-back = ◀ Артқа
button-menu = ☰ Мәзір
button-cancel = ✖ Бас тарту
page-number = { $number } / { $last }

menu-title = 🏠 <b>{ $name }</b>
menu-main = Басты мәзір
menu-assistant = 🪪 № <b>{ $number }</b> · { assistant-status } · { $district }
menu-status-reason = Себебі: { $reason }
menu-role = ⭐ { role-name } · { $district }
menu-roles-more = … тағы { $count }
menu-application-waiting = ⏳ Өтініміңіз қаралуда. Аудан: { $district }. Жауап осында келеді.
menu-application-rejected = ❌ Өтініміңіз қабылданбады: { $reason }
    Қайта өтінім беруге болады.
menu-guest = Қоғамдық көмекші болу үшін төмендегі жасыл батырманы басыңыз.

assistant-status = { $status ->
    [trainee] тағылымгер
    [active] белсенді
    [suspended] тоқтатылған
   *[dismissed] шығарылған
 }
application-state = { $state ->
    [draft] жоба
    [pending] қаралуда
    [approved] мақұлданды
    [rejected] қабылданбады
   *[withdrawn] қайтарып алынды
 }
role-name = { $role ->
    [assistant] көмекші
    [coordinator] үйлестіруші
    [admin] әкімші
   *[observer] бақылаушы
 }

key-applications = 📥 Өтінімдер
key-assistants = 👥 Көмекшілер
key-invites = ✉️ Шақырулар
key-roles = ⭐ Рөлдер
key-apply = ✅ Көмекші болу
key-my-application = ⏳ Менің өтінімім
key-handbook = 📖 Бола ма?
key-profile = 🪪 Менің деректерім
key-language = 🌐 Тіл
key-help = ❓ Көмек
key-share-phone = 📱 Нөмірімді жіберу
key-change-name = ✏️ Атын өзгерту
key-cancel = ✖ Бас тарту

help =
    <b>Kömekshi</b> – жергілікті полицияның қоғамдық көмекшілері мен үйлестірушілеріне арналған бот.

    🚨 Шұғыл жағдай ма? <b>{ $police }</b> немесе <b>{ $emergency }</b> нөміріне қоңырау шалыңыз. Бот шұғыл хабарламаларды қабылдамайды.

    /menu – басты мәзір
    /language – тілді ауыстыру
    /check – сертификатты тексеру
    /cancel – бастаған әрекеттен бас тарту

    { $staff ->
        [true] Бірдеңе дұрыс емес пе? Әкімшіге немесе ботқа қызмет көрсететін адамға айтыңыз.
       *[false] Бірдеңе дұрыс емес пе? Ауданыңыздың үйлестірушісіне айтыңыз.
     }
cancelled = ✖ Бас тартылды.
unknown-input = Түсінбедім. Батырмаларды пайдаланыңыз.
unknown-command = Ондай команда жоқ. Батырмаларды пайдаланыңыз.
edited-message = ✏️ Түзетілген хабарлама есепке алынбайды. Қайтадан жіберіңіз.
stale-button-toast = Бұл батырма ескірген. Қазіргі экран ашылды.
group-private-only = Мен тек жеке чатта жұмыс істеймін. Менімен чат ашып, START басыңыз.
group-toast = Мен тек жеке чатта жұмыс істеймін.
