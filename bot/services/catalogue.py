"""Every use case, built once; apart, so that a light command loads only what it needs."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import time, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from bot.services.activity import ActivityService
from bot.services.activity_drafts import DraftService
from bot.services.activity_entries import EntryService
from bot.services.activity_fields import ActivityRules
from bot.services.applications import ApplicationService
from bot.services.assistants import AssistantService
from bot.services.attachment_files import AttachmentFileService
from bot.services.attachments import AttachmentService
from bot.services.briefing import BriefingService
from bot.services.briefing_journal import BriefingJournalService
from bot.services.briefing_passes import PassService
from bot.services.briefing_pauses import PauseService
from bot.services.briefing_rules import BriefingRules
from bot.services.certificate_checks import CertificateChecks
from bot.services.certificate_issuing import CertificateIssuer
from bot.services.certificate_order_lists import CertificateOrderLists
from bot.services.certificate_order_work import CertificateOrderWork
from bot.services.certificate_orders import CertificateOrderService
from bot.services.certificates import CertificateService
from bot.services.clock import Clock
from bot.services.digest import DigestService
from bot.services.digest_making import DigestMaking
from bot.services.digest_settings import DigestSettingsService
from bot.services.erasure import ErasureService
from bot.services.erasure_list import LIST_NAME
from bot.services.geofence import Fences
from bot.services.handbook import HandbookSearch, Searchable
from bot.services.health import HealthService
from bot.services.heartbeat import Heartbeat
from bot.services.inbox import InboxService
from bot.services.invites import InviteService
from bot.services.job_runs import JobRuns
from bot.services.links import LinkService
from bot.services.morning import MorningNotes
from bot.services.my_day import MyDayService
from bot.services.outbox import OutboxService
from bot.services.own_data import OwnDataService
from bot.services.people import PeopleService
from bot.services.presence import Presence
from bot.services.quiet_hours import QuietHours
from bot.services.quiz import QuizService
from bot.services.registration import RegistrationService
from bot.services.retention import RetentionService, Terms
from bot.services.roles import RoleService
from bot.services.roster import RosterService
from bot.services.roster_records import RosterRecords
from bot.services.scheduled_backups import BackupPlan, ScheduledBackups
from bot.services.shift import ShiftService
from bot.services.shift_bulk import BulkSettling
from bot.services.shift_cards import ShiftCards
from bot.services.shift_corrections import ShiftCorrectionService
from bot.services.shift_decisions import ShiftDecisionService
from bot.services.shift_records import ShiftRecords
from bot.services.shift_reminders import ShiftReminders
from bot.services.shift_settling import ShiftSettling
from bot.services.shift_times import ShiftRules
from bot.services.territory import TerritoryService
from bot.services.tracks import TrackService
from db.database import Database

__all__ = ["Keeping", "Services", "build_services"]


@dataclass(frozen=True, slots=True)
class Keeping:
    """What the operator decides about backups, and about how long files are kept."""

    backups: BackupPlan = field(default_factory=BackupPlan)
    files_term: timedelta = timedelta(days=365)

    @property
    def list_path(self) -> Path | None:
        """Where the list of erasures is kept."""
        return None if self.backups.folder is None else self.backups.folder / LIST_NAME


@dataclass(frozen=True, slots=True)
class Services:
    """Every use case, built once; they hold no state."""

    people: PeopleService
    registration: RegistrationService
    applications: ApplicationService
    assistants: AssistantService
    roles: RoleService
    invites: InviteService
    links: LinkService
    briefing: BriefingService
    quiz: QuizService
    passes: PassService
    pauses: PauseService
    briefing_journal: BriefingJournalService
    shifts: ShiftService
    shift_records: ShiftRecords
    shift_settling: ShiftSettling
    shift_bulk: BulkSettling
    shift_corrections: ShiftCorrectionService
    shift_decisions: ShiftDecisionService
    shift_reminders: ShiftReminders
    roster: RosterService
    roster_records: RosterRecords
    tracks: TrackService
    drafts: DraftService
    activities: ActivityService
    entries: EntryService
    attachments: AttachmentService
    attachment_files: AttachmentFileService
    my_day: MyDayService
    digests: DigestService
    digest_making: DigestMaking
    digest_settings: DigestSettingsService
    morning: MorningNotes
    certificates: CertificateService
    certificate_checks: CertificateChecks
    certificate_order_lists: CertificateOrderLists
    certificate_orders: CertificateOrderService
    certificate_order_work: CertificateOrderWork
    handbook: HandbookSearch
    territory: TerritoryService
    inbox: InboxService
    presence: Presence
    heartbeat: Heartbeat
    health: HealthService
    outbox: OutboxService
    quiet_hours: QuietHours
    own_data: OwnDataService
    erasure: ErasureService
    retention: RetentionService
    backups: ScheduledBackups


def build_services(
    db: Database,
    clock: Clock,
    *,
    number_prefix: str,
    consent_version: str,
    zone: ZoneInfo,
    night: tuple[time, time],
    briefing: BriefingRules,
    shift_rules: ShiftRules,
    usual_hours: Sequence[tuple[int, int]],
    fences: Fences,
    activity_rules: ActivityRules,
    handbook: Sequence[Searchable],
    certificates: CertificateIssuer,
    keeping: Keeping,
) -> Services:
    """Build every service on one database and one clock, for one region and its rules."""
    briefings = BriefingService(db, clock, briefing)
    cards = ShiftCards(shift_rules, fences)
    heartbeat = Heartbeat(db, clock)
    return Services(
        people=PeopleService(db, clock, consent_version),
        registration=RegistrationService(db, clock),
        applications=ApplicationService(db, clock, number_prefix),
        assistants=AssistantService(db, clock),
        roles=RoleService(db, clock),
        invites=InviteService(db, clock),
        links=LinkService(db, clock),
        briefing=briefings,
        # Nobody may foresee which questions come, and in which order.
        quiz=QuizService(db, clock, briefing, random.SystemRandom()),
        passes=PassService(db, clock, briefing, zone, certificates),
        pauses=PauseService(db, clock, briefing),
        briefing_journal=BriefingJournalService(db, clock, zone),
        shifts=ShiftService(
            db, clock, briefings, zone=zone, rules=shift_rules, fences=fences, cards=cards
        ),
        shift_records=ShiftRecords(db, clock, cards, zone=zone),
        shift_settling=ShiftSettling(db, clock, cards, zone=zone),
        shift_bulk=BulkSettling(db, clock, zone=zone),
        shift_corrections=ShiftCorrectionService(db, clock, zone=zone),
        shift_decisions=ShiftDecisionService(db, clock, zone=zone),
        shift_reminders=ShiftReminders(db, clock, shift_rules),
        roster=RosterService(db, clock, zone=zone, longest=shift_rules.close),
        roster_records=RosterRecords(db, clock, zone=zone, usual=usual_hours),
        tracks=TrackService(db, clock),
        drafts=DraftService(db, clock, activity_rules),
        activities=ActivityService(db, clock, activity_rules),
        entries=EntryService(db, clock, activity_rules),
        attachments=AttachmentService(db, clock, zone),
        attachment_files=AttachmentFileService(db, clock),
        my_day=MyDayService(db, clock, zone),
        digests=DigestService(db, clock, zone=zone, longest=shift_rules.close, rules=briefing),
        digest_making=DigestMaking(db, clock, zone=zone, longest=shift_rules.close),
        digest_settings=DigestSettingsService(db),
        morning=MorningNotes(db, clock, zone=zone),
        certificates=CertificateService(db, clock, certificates),
        certificate_checks=CertificateChecks(db, clock, zone),
        certificate_order_lists=CertificateOrderLists(db, clock),
        certificate_orders=CertificateOrderService(db, clock),
        certificate_order_work=CertificateOrderWork(db, clock, certificates),
        handbook=HandbookSearch(handbook),
        territory=TerritoryService(db, clock),
        inbox=InboxService(db, clock, uuid4().hex),
        presence=Presence(db),
        heartbeat=heartbeat,
        health=HealthService(db, clock, heartbeat),
        outbox=OutboxService(db, clock),
        quiet_hours=QuietHours(clock, zone, since=night[0], until=night[1]),
        own_data=OwnDataService(db, clock),
        erasure=ErasureService(db, clock, activity_rules, keeping.list_path),
        retention=RetentionService(
            db, clock, Terms(shift_rules.keep_positions, files=keeping.files_term)
        ),
        backups=ScheduledBackups(db, clock, zone, keeping.backups, JobRuns(db, clock)),
    )
