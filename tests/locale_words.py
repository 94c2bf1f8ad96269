"""Words a text must not hold: strangers from another language, and rivals of the glossary."""

from typing import Final

# Words of one language that slip into a text of the other when both are typed on one keyboard.
# fmt: off
STRANGERS: Final[dict[str, frozenset[str]]] = {
    "kk": frozenset({"и", "или", "нет", "если", "это", "что", "как", "для", "при", "уже", "ещё",
        "еще", "ваш", "ваша", "ваше", "вас", "нажмите", "введите", "выберите", "отправьте",
        "подождите", "пожалуйста", "готово", "отмена", "назад", "далее", "ошибка"}),
    "ru": frozenset({"және", "немесе", "емес", "жоқ", "иә", "егер", "бұл", "үшін", "сіз",
        "сіздің", "басыңыз", "енгізіңіз", "таңдаңыз", "жіберіңіз", "күтіңіз", "өтінеміз",
        "дайын", "артқа", "қате"}),
    "en": frozenset(),
}
# fmt: on

# Stems of words for which the glossary has another one.
FORBIDDEN: Final = {
    "kk": {
        "координатор": "үйлестіруші",
        "куратор": "үйлестіруші",
        "админ": "әкімші",
        "смена": "ауысым",
        "вахта": "ауысым",
        "заявка": "өтінім",
        "инструктаж": "нұсқаулық",
        "брифинг": "нұсқаулық",
        "геопозиция": "геолокация",
        "жеке дерек": "дербес деректер",
        "персоналды": "дербес деректер",
        "наблюдатель": "бақылаушы",
        "волонтер": "көмекші",
        "согласие": "келісім",
        "участок": "аудан",
    },
    "ru": {
        "куратор": "координатор",
        "админ ": "администратор",
        "вахт": "смена",
        "шифт": "смена",
        "брифинг": "инструктаж",
        "анкет": "заявка",
        "дружинник": "общественный помощник",
        "волонтёр": "помощник",
        "волонтер": "помощник",
        "локаци": "геопозиция",
        "юзер": "пользователь",
    },
    "en": {
        "curator": "coordinator",
        "supervisor": "coordinator",
        "manager": "coordinator",
        "volunteer": "assistant",
        "druzhin": "assistant",
        "instruction briefing": "briefing",
        "rayon": "district",
        "raion": "district",
        "watch shift": "shift",
    },
}
