"""The content pack of a region: everything that differs between regions, read and checked once."""

from bot.content.activities import ActivityField, ActivityKind, FieldType
from bot.content.briefing import Briefing, Module, Option, Picture, Question
from bot.content.certificates import CertificateKind, Certificates
from bot.content.choices import Audience, FactCategory, Operation, Topic
from bot.content.consent import Consent
from bot.content.entry import Names, Sentences, Statement, find
from bot.content.handbook import Handbook, HandbookTopic, Situation
from bot.content.loading import Content, load_content
from bot.content.reading import ContentError
from bot.content.region import Region
from bot.content.territory import District, Territory

__all__ = [
    "ActivityField",
    "ActivityKind",
    "Audience",
    "Briefing",
    "CertificateKind",
    "Certificates",
    "Consent",
    "Content",
    "ContentError",
    "District",
    "FactCategory",
    "FieldType",
    "Handbook",
    "HandbookTopic",
    "Module",
    "Names",
    "Operation",
    "Option",
    "Picture",
    "Question",
    "Region",
    "Sentences",
    "Situation",
    "Statement",
    "Territory",
    "Topic",
    "find",
    "load_content",
]
