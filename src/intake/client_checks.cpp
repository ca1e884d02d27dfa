#include "intake/client_checks.hpp"

#include <algorithm>

namespace optimat {

namespace {

/// The earliest of a client's deaths by source, each with the row that says so.
struct Deaths {
    std::optional<Day> event, episode;
    const RawRow* event_row = nullptr;
    const RawRow* episode_row = nullptr;
    bool known() const { return event || episode; }
    Day first() const { return event && episode ? std::min(*event, *episode) : event ? *event : *episode; }
};

class ClientChecks {
  public:
    ClientChecks(const Schema& schema, const Reading& reading, const ChunkRows& rows,
                 std::vector<Issue>& issues)
        : m_schema(schema), m_reading(reading), m_rows(rows), m_issues(issues) {}

    void check(std::size_t client, Flag listed) {
        const Deaths deaths = deaths_of(client);
        check_death(client, deaths);
        check_prescriptions(client);
        if (listed == Flag::no) report_all_rows(client);
        if (m_reading.unlisted_services) report_unlisted_services(client);
    }

  private:
    std::span<const RowRef> of(TableKind kind, std::size_t client) const {
        return m_rows[index_of(kind)].of(client);
    }

    template <class Value, class FieldEnum>
    Value get(TableKind kind, const RawRow& row, FieldEnum field) const {
        return row.get<Value>(m_schema.layout(kind).offsets[index_of(field)]);
    }

    void raise(Rule rule, const RawRow& row, std::size_t field) {
        const RowHead& head = row.head();
        m_issues.push_back({rule, head.report, m_reading.reports[head.report].columns[field], head.line});
    }

    Deaths deaths_of(std::size_t client) const {
        Deaths deaths;
        for (const RowRef& ref : of(TableKind::events, client)) {
            if (get<EventKind>(TableKind::events, ref.row, EventField::kind) != EventKind::death) continue;
            deaths.event = *get<OptionalDay>(TableKind::events, ref.row, EventField::date);
            deaths.event_row = &ref.row;
            break;
        }
        for (const RowRef& ref : of(TableKind::episodes, client)) {
            const auto end = get<OptionalDay>(TableKind::episodes, ref.row, EpisodeField::end_date);
            if (!end ||
                get<EndReason>(TableKind::episodes, ref.row, EpisodeField::end_reason) != EndReason::died)
                continue;
            if (deaths.episode && *deaths.episode <= *end) continue;
            deaths.episode = *end;
            deaths.episode_row = &ref.row;
        }
        return deaths;
    }

    void check_death(std::size_t client, const Deaths& deaths) {
        if (!deaths.known()) return;
        if (!deaths.episode)
            raise(Rule::client_death_one_source, *deaths.event_row, index_of(EventField::kind));
        if (!deaths.event)
            raise(Rule::client_death_one_source, *deaths.episode_row, index_of(EpisodeField::end_reason));
        for (const TableKind kind : {TableKind::prescriptions, TableKind::tops, TableKind::drug_screens,
                                     TableKind::risk_profiles, TableKind::ascis}) {
            const std::uint8_t day_field = order_field(kind).index;
            for (const RowRef& ref : of(kind, client))
                if (*ref.row.get<OptionalDay>(m_schema.layout(kind).offsets[day_field]) > deaths.first())
                    raise(Rule::client_record_after_death, ref.row, day_field);
        }
    }

    /// An open prescription's last day for the check of overlaps: as rule cover/effective-end has it, so that
    /// an open prescription which the next one replaces is no overlap.
    Day last_day(std::span<const RowRef> prescriptions, std::size_t i, std::size_t client) const {
        constexpr auto kind = TableKind::prescriptions;
        const RawRow& row = prescriptions[i].row;
        if (const auto end = get<OptionalDay>(kind, row, PrescriptionField::end_date)) return *end;
        const Day start = *get<OptionalDay>(kind, row, PrescriptionField::start_date);
        const auto service = service_of(row);
        Day last = last_readable_day;
        for (std::size_t j = i + 1; j < prescriptions.size(); ++j) {
            const Day next = *get<OptionalDay>(kind, prescriptions[j].row, PrescriptionField::start_date);
            if (next == start || service_of(prescriptions[j].row) != service || !mat(prescriptions[j].row))
                continue;
            last = next - 1;
            break;
        }
        for (const RowRef& ref : of(TableKind::episodes, client)) {
            const auto end = get<OptionalDay>(TableKind::episodes, ref.row, EpisodeField::end_date);
            if (end && *end >= start && *end < last && episode_service(ref.row) == service) last = *end;
        }
        return last;
    }

    ServiceIndex place(const RawRow& row, ServiceIndex number) const {
        return number.has_value() ? m_reading.service_places[row.head().thread][*number] : number;
    }
    ServiceIndex service_of(const RawRow& row) const {
        return place(row, get<ServiceIndex>(TableKind::prescriptions, row, PrescriptionField::service_id));
    }
    ServiceIndex episode_service(const RawRow& row) const {
        return place(row, get<ServiceIndex>(TableKind::episodes, row, EpisodeField::service_id));
    }
    bool mat(const RawRow& row) const {
        return is_mat(get<Medicine>(TableKind::prescriptions, row, PrescriptionField::medicine));
    }

    void check_prescriptions(std::size_t client) {
        constexpr auto kind = TableKind::prescriptions;
        const auto rows = of(kind, client);
        bool any_before = false;
        Day start_of_last{}, end_of_others{},
            end_of_last{};  // others: those that start before the last start
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const RawRow& row = rows[i].row;
            const bool open = !get<OptionalDay>(kind, row, PrescriptionField::end_date).has_value();
            if (open && discharged(client))
                raise(Rule::prescription_open_after_discharge, row, index_of(PrescriptionField::end_date));
            if (!mat(row)) continue;
            const Day start = *get<OptionalDay>(kind, row, PrescriptionField::start_date);
            const Day end = last_day(rows, i, client);
            if (!any_before) {
                end_of_others = start - 1;
            } else if (start != start_of_last) {
                end_of_others = std::max(end_of_others, end_of_last);
                end_of_last = start - 1;
            }
            if (std::min(end, end_of_others) - start + 1 > 1)
                raise(Rule::prescription_overlap, row, index_of(PrescriptionField::start_date));
            end_of_last = any_before && start == start_of_last ? std::max(end_of_last, end) : end;
            start_of_last = start;
            any_before = true;
        }
    }

    /// Whether the client has episodes and all of them have ended.
    bool discharged(std::size_t client) const {
        const auto episodes = of(TableKind::episodes, client);
        return !episodes.empty() && std::ranges::all_of(episodes, [&](const RowRef& ref) {
            return get<OptionalDay>(TableKind::episodes, ref.row, EpisodeField::end_date).has_value();
        });
    }

    void report_all_rows(std::size_t client) {
        for (std::size_t i = 0; i < table_count; ++i) {
            const auto kind = static_cast<TableKind>(i);
            const auto fields = m_schema.fields(kind);
            const auto field = static_cast<std::size_t>(
                std::ranges::find(fields, FieldKind::client, &Field::kind) - fields.begin());
            for (const RowRef& ref : of(kind, client))
                raise(Rule::client_not_listed, ref.row, field);
        }
    }

    void report_unlisted_services(std::size_t client) {
        const auto report = [&](TableKind kind, auto field) {
            for (const RowRef& ref : of(kind, client)) {
                const ServiceIndex service = place(ref.row, get<ServiceIndex>(kind, ref.row, field));
                if (service.has_value() && !m_reading.services[*service].listed)
                    raise(Rule::service_not_listed, ref.row, index_of(field));
            }
        };
        report(TableKind::episodes, EpisodeField::service_id);
        report(TableKind::prescriptions, PrescriptionField::service_id);
        report(TableKind::events, EventField::service_id);
    }

    const Schema& m_schema;
    const Reading& m_reading;
    const ChunkRows& m_rows;
    std::vector<Issue>& m_issues;
};

}  // namespace

void check_clients(const Schema& schema, const Reading& reading, const ChunkRows& rows,
                   const std::vector<Flag>& listed, std::vector<Issue>& issues) {
    ClientChecks checks(schema, reading, rows, issues);
    for (std::size_t client = 0; client < listed.size(); ++client)
        checks.check(client, listed[client]);
}

}  // namespace optimat
