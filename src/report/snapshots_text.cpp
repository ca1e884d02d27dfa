#include "report/snapshots_text.hpp"

#include "report/number_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace optimat {

void write_snapshots_text(const std::vector<StoredSnapshot>& snapshots, const Terminal& terminal,
                          const TextSink& sink) {
    if (snapshots.empty()) {
        sink("The store has no snapshots yet; optimat import DIR makes one.\n");
        return;
    }
    TextTable table(terminal);
    for (const std::string_view head : {"Snapshot", "Imported (UTC)", "From", "To", "People", "Organisation"})
        table.add_column(std::string(head), head == "People" ? Align::right : Align::left);
    for (const StoredSnapshot& snapshot : snapshots)
        table.add_row({snapshot.id.substr(0, 12), snapshot.imported_at.substr(0, 16), snapshot.covers_from,
                       snapshot.covers_to, count_text(static_cast<std::int64_t>(snapshot.clients)),
                       cut_to(printable(snapshot.organisation), 20)});
    sink(table.text());
}

void write_snapshots_json(const std::vector<StoredSnapshot>& snapshots, const TextSink& sink) {
    auto list = nlohmann::ordered_json::array();
    for (const StoredSnapshot& snapshot : snapshots)
        list.push_back({{"id", snapshot.id},
                        {"organisation", snapshot.organisation},
                        {"covers_from", snapshot.covers_from},
                        {"covers_to", snapshot.covers_to},
                        {"imported_at", snapshot.imported_at},
                        {"clients", snapshot.clients},
                        {"policy", snapshot.policy_name},
                        {"policy_version", snapshot.policy_version},
                        {"policy_hash", snapshot.policy_hash},
                        {"program_version", snapshot.program_version}});
    sink(list.dump(1) + "\n");
}

}  // namespace optimat
