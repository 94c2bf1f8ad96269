notice-application = 🔔 Жаңа өтінім
notice-approved =
    🎉 <b>Өтініміңіз мақұлданды.</b>

    Қызметтік нөміріңіз: <b>{ $number }</b>
    Енді сіз тағылымгерсіз. Келесі қадам – міндетті нұсқаулық: төмендегі «📘 Нұсқаулық» батырмасын басыңыз.
notice-rejected =
    ❌ Өтініміңіз қабылданбады.
    Себебі: { $reason }

    Қайта өтінім беруге болады.
notice-status = { $status ->
    [active] ▶ <b>Сіз қызметке қайтарылдыңыз.</b>
    [suspended] ⏸ <b>Қызметіңіз уақытша тоқтатылды.</b>
   *[dismissed] ✖ <b>Сіз көмекшілер қатарынан шығарылдыңыз.</b>
 }
    Себебі: { $reason }
notice-district = 📍 Енді ауданыңыз: <b>{ $district }</b>.
notice-role-given = ⭐ Сізге рөл берілді: { role-name } · { $district }
notice-role-revoked = Рөліңізден босатылдыңыз: { role-name } · { $district }
notice-relinked = 🔁 <b>{ $name }</b> енді жаңа тіркелгіден жазады.
notice-answer-owed = ⏳ Telegram жауабымызды кідіртті. Қазіргі жағдай мынадай:
notice-telegram-held =
    ⚠️ Telegram боттың хабарламаларын қабылдамады. Басталған уақыты: { MOMENT($since, width: "short") }, ұзақтығы: { DURATION($span) }.
    Ештеңе жоғалған жоқ: кідірген хабарламалар жіберіліп жатыр.
notice-update-laid-aside =
    🛠 Бот бір адамға жауап бергенде қате шықты. Оған айтылды, қалғандары жұмысын жалғастыруда.
    Журналдағы нөмір: <code>{ $reference }</code>
