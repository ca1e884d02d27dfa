#pragma once
// SQLite: what is append only cannot be replaced either, a step of migrations.cpp. INSERT OR REPLACE removes
// the row that stands in its way without asking the triggers against removal; these stand before it. A column
// that the statement does not name is no number of any row here. PostgreSQL has no such statement.

namespace optimat {

inline constexpr const char* replacing_triggers_sqlite = R"sql(
CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'the audit log is append only'); END;
CREATE TRIGGER review_entry_is_not_replaced BEFORE INSERT ON review_entry
WHEN EXISTS (SELECT 1 FROM review_entry WHERE number = NEW.number)
    OR EXISTS (SELECT 1 FROM review_entry WHERE request = NEW.request)
BEGIN SELECT RAISE(ABORT, 'reviews are append only'); END;
CREATE TRIGGER review_entry_list_is_not_replaced BEFORE INSERT ON review_entry_list
WHEN EXISTS (SELECT 1 FROM review_entry_list WHERE rowid = NEW.rowid)
    OR EXISTS (SELECT 1 FROM review_entry_list WHERE entry = NEW.entry AND place = NEW.place)
BEGIN SELECT RAISE(ABORT, 'reviews are append only'); END;
CREATE TRIGGER review_entry_outcome_is_not_replaced BEFORE INSERT ON review_entry_outcome
WHEN EXISTS (SELECT 1 FROM review_entry_outcome WHERE rowid = NEW.rowid)
    OR EXISTS (SELECT 1 FROM review_entry_outcome WHERE entry = NEW.entry AND place = NEW.place)
BEGIN SELECT RAISE(ABORT, 'reviews are append only'); END;
CREATE TRIGGER asci_answer_is_not_replaced BEFORE INSERT ON asci_answer
WHEN EXISTS (SELECT 1 FROM asci_answer WHERE number = NEW.number)
    OR EXISTS (SELECT 1 FROM asci_answer WHERE request = NEW.request)
BEGIN SELECT RAISE(ABORT, 'inventories are append only'); END;
CREATE TRIGGER asci_answer_item_is_not_replaced BEFORE INSERT ON asci_answer_item
WHEN EXISTS (SELECT 1 FROM asci_answer_item WHERE rowid = NEW.rowid)
    OR EXISTS (SELECT 1 FROM asci_answer_item WHERE answer = NEW.answer AND item = NEW.item)
BEGIN SELECT RAISE(ABORT, 'inventories are append only'); END;
CREATE TRIGGER chart_mark_entry_is_not_replaced BEFORE INSERT ON chart_mark_entry
WHEN EXISTS (SELECT 1 FROM chart_mark_entry WHERE number = NEW.number)
    OR EXISTS (SELECT 1 FROM chart_mark_entry WHERE about = NEW.about)
    OR EXISTS (SELECT 1 FROM chart_mark_entry WHERE request = NEW.request)
BEGIN SELECT RAISE(ABORT, 'chart marks are append only'); END;
CREATE TRIGGER release_is_not_replaced BEFORE INSERT ON release
WHEN EXISTS (SELECT 1 FROM release WHERE number = NEW.number)
    OR EXISTS (SELECT 1 FROM release WHERE request = NEW.request)
BEGIN SELECT RAISE(ABORT, 'releases are append only'); END;
CREATE TRIGGER release_withdrawal_is_not_replaced BEFORE INSERT ON release_withdrawal
WHEN EXISTS (SELECT 1 FROM release_withdrawal WHERE release = NEW.release)
BEGIN SELECT RAISE(ABORT, 'releases are append only'); END;
CREATE TRIGGER release_service_is_not_replaced BEFORE INSERT ON release_service
WHEN EXISTS (SELECT 1 FROM release_service WHERE rowid = NEW.rowid)
    OR EXISTS (SELECT 1 FROM release_service WHERE release = NEW.release AND service_id = NEW.service_id)
BEGIN SELECT RAISE(ABORT, 'releases are append only'); END;
CREATE TRIGGER release_measure_is_not_replaced BEFORE INSERT ON release_measure
WHEN EXISTS (SELECT 1 FROM release_measure WHERE rowid = NEW.rowid)
    OR EXISTS (SELECT 1 FROM release_measure WHERE release = NEW.release AND place = NEW.place)
BEGIN SELECT RAISE(ABORT, 'releases are append only'); END;
CREATE TRIGGER release_cell_is_not_replaced BEFORE INSERT ON release_cell
WHEN EXISTS (SELECT 1 FROM release_cell WHERE rowid = NEW.rowid)
    OR EXISTS (SELECT 1 FROM release_cell WHERE release = NEW.release AND function = NEW.function AND month = NEW.month AND
    service_id = NEW.service_id AND part = NEW.part)
BEGIN SELECT RAISE(ABORT, 'releases are append only'); END;
CREATE TRIGGER release_state_is_not_replaced BEFORE INSERT ON release_state
WHEN EXISTS (SELECT 1 FROM release_state WHERE release = NEW.release)
BEGIN SELECT RAISE(ABORT, 'releases are append only'); END;
CREATE TRIGGER release_published_is_not_replaced BEFORE INSERT ON release_published
WHEN EXISTS (SELECT 1 FROM release_published WHERE rowid = NEW.rowid)
    OR EXISTS (SELECT 1 FROM release_published WHERE release = NEW.release AND place_kind = NEW.place_kind AND place_id = NEW.place_id
    AND topic = NEW.topic AND name = NEW.name AND part = NEW.part)
BEGIN SELECT RAISE(ABORT, 'releases are append only'); END;
)sql";

}  // namespace optimat
