#include "outcome/episode_rows.hpp"

namespace optimat {

EndKind end_kind(EndReason reason) {
    switch (reason) {
    case EndReason::completed_drug_free:
    case EndReason::completed_alcohol_free:
    case EndReason::completed_occasional_user:
        return EndKind::planned;
    case EndReason::dropped_out:
    case EndReason::withdrawn_by_provider:
    case EndReason::declined_by_client:
        return EndKind::unplanned;
    case EndReason::transferred_in_custody:
    case EndReason::transferred_not_in_custody:
        return EndKind::transferred;
    case EndReason::died:
        return EndKind::died;
    case EndReason::retained_in_custody:
        return EndKind::in_custody;
    case EndReason::other:
    case EndReason::not_recorded:
        break;
    }
    return EndKind::not_said;
}

EpisodeRows::EpisodeRows(const ClientCourse& client)
    : rows(client.chunk().table(TableKind::episodes).rows_of(client.client())) {
    const Table& table = client.chunk().table(TableKind::episodes);
    start = table.column<Day>(EpisodeField::start_date);
    end = table.column<OptionalDay>(EpisodeField::end_date);
    referral = table.column<OptionalDay>(EpisodeField::referral_date);
    presentation = table.column<OptionalDay>(EpisodeField::presentation_date);
    reason = table.column<EndReason>(EpisodeField::end_reason);
    service = table.column<ServiceIndex>(EpisodeField::service_id);
    opiate_client = table.column<Flag>(EpisodeField::opiate_client);
    on_mat_at_start = table.column<Flag>(EpisodeField::on_mat_at_start);
}

bool EpisodeRows::say_no_opiate_client(Day as_at) const {
    bool no = false;
    for (std::uint32_t row = rows.begin; row < rows.end && start[row] <= as_at; ++row) {
        if (opiate_client[row] == Flag::yes) return false;
        no |= opiate_client[row] == Flag::no;
    }
    return no;
}

}  // namespace optimat
