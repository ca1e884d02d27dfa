#include "intake/reading.hpp"

#include "base/error.hpp"
#include "base/parallel.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <set>
#include <tuple>

namespace optimat {

namespace {

constexpr std::uint16_t service_id_field = index_of(ServiceField::service_id);

/// What the rows of one service agree on: the only value that any of them records, else nothing.
template <class Value> Value agreed(const std::vector<const ServiceRow*>& rows, Value Service::*member) {
    const Value nothing{};
    Value result{};
    for (const ServiceRow* row : rows) {
        const Value& value = row->service.*member;
        if (value == nothing) continue;
        if (result != nothing && value != result) return nothing;
        result = value;
    }
    return result;
}

/// All that a row of services.csv records, to be compared.
auto all_of(const Service& service) {
    const auto day = [](OptionalDay value) { return value ? std::optional(*value) : std::nullopt; };
    return std::tuple(std::tie(service.service_id, service.name, service.region, service.area, service.kind,
                               service.merged_into, service.peer_group),
                      day(service.prescribing_from), day(service.opened), day(service.closed));
}

/// Makes one service of rows for the same id: what differs between them becomes not recorded, and a name its
/// id.
Service merged(const std::vector<const ServiceRow*>& rows) {
    Service result;
    result.service_id = rows.front()->service.service_id;
    result.name = agreed(rows, &Service::name);
    if (result.name.empty()) result.name = result.service_id;
    result.region = agreed(rows, &Service::region);
    result.area = agreed(rows, &Service::area);
    result.kind = agreed(rows, &Service::kind);
    result.prescribing_from = agreed(rows, &Service::prescribing_from);
    result.opened = agreed(rows, &Service::opened);
    result.closed = agreed(rows, &Service::closed);
    result.merged_into = agreed(rows, &Service::merged_into);
    result.peer_group = agreed(rows, &Service::peer_group);
    return result;
}

/// Whether one of the table's files is not known to hold each id once.
bool ids_may_repeat(const Reading& reading, TableKind kind) {
    std::size_t reports = 0;
    std::vector<const SegmentIds*> segments;
    for (std::size_t report = 0; report < reading.reports.size(); ++report) {
        if (reading.reports[report].kind != kind) continue;
        ++reports;
        for (const auto& thread : reading.threads)
            for (const SegmentIds& ids : thread->segment_ids)
                if (ids.report == report) segments.push_back(&ids);
    }
    if (reports > 1) return true;
    std::ranges::sort(segments, {}, &SegmentIds::segment);
    for (std::size_t i = 0; i < segments.size(); ++i) {
        if (!segments[i]->rising) return true;
        if (i > 0 && !(segments[i - 1]->last < segments[i]->first)) return true;
    }
    return false;
}

/// Whether a file maps several tables: then only its first table's ids were watched while reading.
bool ids_were_watched(const Reading& reading, TableKind kind) {
    std::vector<std::size_t> seen;
    for (const ReportPlace& place : reading.reports) {
        const bool first_of_file = std::ranges::find(seen, place.file) == seen.end();
        seen.push_back(place.file);
        if (place.kind == kind && !first_of_file) return false;
    }
    return true;
}

std::unordered_set<std::uint64_t> repeated_hashes(const Reading& reading, TableKind kind,
                                                  std::size_t row_size) {
    std::vector<std::vector<std::uint64_t>> buckets(256);
    for (const auto& thread : reading.threads) {
        for (const auto& partition : thread->partitions) {
            const PartitionRows& rows = partition[index_of(kind)];
            rows.rows.for_each(row_size, [&](const std::byte* at) {
                const RowHead& head = RawRow(at).head();
                const std::uint64_t hash =
                    quick_hash(std::string_view(rows.ids).substr(head.id_at, head.id_size));
                buckets[hash >> 56].push_back(hash);
            });
        }
    }
    std::unordered_set<std::uint64_t> repeated;
    std::vector<std::uint64_t> slots;
    for (const auto& bucket : buckets) {
        std::size_t size = 16;
        while (size < bucket.size() * 2)
            size *= 2;
        slots.assign(size, 0);
        for (const std::uint64_t hash : bucket) {
            const std::uint64_t stored = hash | 1;  // 0 marks a free slot; one lost bit only adds a suspicion
            std::size_t at = (hash >> 8) & (size - 1);
            while (slots[at] != 0 && slots[at] != stored)
                at = (at + 1) & (size - 1);
            if (slots[at] == stored) repeated.insert(stored);
            slots[at] = stored;
        }
    }
    return repeated;
}

}  // namespace

void merge_services(Reading& reading, std::vector<Issue>& issues, std::vector<RowCounts>& counts) {
    std::map<std::string, std::vector<const ServiceRow*>, std::less<>> listed;
    for (const auto& thread : reading.threads)
        for (const ServiceRow& row : thread->service_rows)
            listed[row.service.service_id].push_back(&row);
    std::map<std::string, Service, std::less<>> all;
    for (auto& [id, rows] : listed) {
        std::ranges::sort(rows, {}, [](const ServiceRow* row) { return std::pair(row->report, row->line); });
        all.emplace(id, merged(rows));
        std::set<decltype(all_of(rows[0]->service))> seen;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            RowCounts& count = counts[rows[i]->report];
            const bool repeated = !seen.insert(all_of(rows[i]->service)).second;
            ++(repeated ? count.repeated : count.accepted);
            if (i == 0) continue;
            const ReportPlace& place = reading.reports[rows[i]->report];
            if (repeated && place.repeats == Repeats::expected) continue;
            issues.push_back({repeated ? Rule::id_repeated_identical : Rule::service_conflicting,
                              rows[i]->report, place.columns[service_id_field], rows[i]->line});
        }
    }
    for (const auto& thread : reading.threads) {
        for (std::size_t i = 0; i < thread->services.size(); ++i) {
            const std::string id{thread->services[i]};
            const auto [place, added] = all.try_emplace(id);
            if (!added) continue;
            place->second.service_id = place->second.name = id;
            place->second.listed = false;
            reading.unlisted_services = true;
        }
    }
    if (all.size() >= ServiceIndex::limit)
        throw InputError(
            fmt::format("the extract names {} different services; at most {} can be held. Check the column "
                        "service_id: it may hold something else",
                        all.size(), ServiceIndex::limit - 1));
    for (auto& [id, service] : all)
        reading.services.push_back(std::move(service));
    for (const auto& thread : reading.threads) {
        auto& places = reading.service_places.emplace_back();
        for (std::size_t i = 0; i < thread->services.size(); ++i) {
            const auto found = std::ranges::lower_bound(reading.services, thread->services[i], std::less<>{},
                                                        &Service::service_id);
            places.emplace_back(static_cast<std::size_t>(found - reading.services.begin()));
        }
    }
}

void find_suspected_ids(Reading& reading, const Schema& schema) {
    std::vector<TableKind> kinds;
    for (std::size_t i = 0; i < table_count; ++i) {
        const auto kind = static_cast<TableKind>(i);
        const bool has_ids = std::ranges::any_of(
            schema.fields(kind), [](const Field& field) { return field.kind == FieldKind::record; });
        if (has_ids && (!ids_were_watched(reading, kind) || ids_may_repeat(reading, kind)))
            kinds.push_back(kind);
    }
    for_each_piece(kinds.size(), {static_cast<unsigned>(reading.threads.size())},
                   [&](std::size_t i, unsigned) {
                       reading.suspected_ids[index_of(kinds[i])] =
                           repeated_hashes(reading, kinds[i], schema.layout(kinds[i]).size());
                   });
}

}  // namespace optimat
