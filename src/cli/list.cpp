#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/rules_in_force.hpp"
#include "cli/source.hpp"
#include "cli/table_options.hpp"
#include "report/list_text.hpp"
#include "store/secrets.hpp"
#include "store/sessions.hpp"
#include "store/store.hpp"
#include "web/list_words.hpp"
#include "web/team_book.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <map>

namespace optimat {

namespace {

enum class ListFormat { text, csv, json, xlsx };

struct ListOptions {
    std::string list, source;
    std::optional<Day> as_at;
    PlaceOptions place;
    std::optional<ListBlock> block;
    std::optional<std::filesystem::path> output;
    ListFormat format = ListFormat::text;
};

std::string known_lists() {
    std::string words;
    for (std::size_t i = 0; i < work_list_count; ++i)
        words += fmt::format("{}{}", i == 0 ? "" : ", ", text_of(static_cast<WorkList>(i)));
    return words;
}

WorkList chosen_list(const ListOptions& options) {
    const auto list = work_list_of(options.list);
    if (!list) throw UsageError("LIST: write one of: " + known_lists());
    if (options.block && list_of(*options.block) != *list)
        throw UsageError(
            fmt::format("--block: this is a block of list {}", text_of(list_of(*options.block))));
    return *list;
}

std::map<std::string, ClientPlace> clients_by_reference(const Extract& extract, const std::string& key) {
    std::map<std::string, ClientPlace> found;
    for (std::size_t chunk = 0; chunk < extract.chunks.size(); ++chunk)
        for (std::uint32_t client = 0; client < extract.chunks[chunk].client_count(); ++client)
            found.emplace(person_reference(key, extract.chunks[chunk].client_ids[client]),
                          ClientPlace{chunk, client});
    return found;
}

/// What the team wrote down in the store that the extract came from.
TeamRecords stored_records(const Settings& settings, const Extract& extract) {
    const Store store(settings.store, StoreAccess::existing);
    Database& database = store.database();
    const auto reviews = review_entries_after(database, 0);
    const auto answers = asci_answers_after(database, 0);
    if (reviews.empty() && answers.empty()) return {};
    const auto clients = clients_by_reference(extract, store_secret(database, person_reference_secret));
    const FindPerson find = [&](std::string_view reference) {
        const auto found = clients.find(std::string(reference));
        return found == clients.end() ? std::nullopt : std::optional(found->second);
    };
    return fold_team(reviews, answers, extract.inventory_items, find).records;
}

/// The last day whose reviews count: the end of the month after; nothing from the last day of the data on.
OptionalDay reviews_to(const Extract& extract, Day as_at) {
    if (as_at >= extract.covers_to) return {};
    return std::min(is_month_end(as_at) ? month_end(as_at + 1) : month_end(as_at), extract.covers_to);
}

void write_tables(const std::vector<DataTable>& tables, const ListHead& head, const ListOptions& options,
                  const Provenance& provenance, Output& output) {
    if (options.format == ListFormat::csv) return write_table_csv(tables.front(), provenance, output.sink());
    write_tables_json(tables,
                      {{"list", std::string(text_of(head.list))},
                       {"place_kind", std::string(text_of(head.place.kind))},
                       {"place", head.place.name},
                       {"as_at", to_text(*options.as_at)},
                       {"order", head.order},
                       {"reviews", head.reviews == ReviewsKnown::none ? "none" : "of the store"}},
                      provenance, output.sink());
}

ExitCode list(const Settings& settings, const ListOptions& options) {
    const WorkList list = chosen_list(options);
    if (options.format == ListFormat::xlsx && !options.output)
        throw UsageError("--format xlsx: write -o and the workbook's file");
    std::optional<Output> output;
    if (options.format != ListFormat::xlsx) output.emplace(options.output);
    const Source source = open_source(settings, options.source);
    const Extract& extract = source.extract;
    warn_of_dates(settings, extract, {&*options.as_at, 1});
    const ListWords words = read_list_words(settings.definitions(), policy_in_force(settings));
    const bool from_folder = std::filesystem::is_directory(options.source);
    const TeamRecords records = from_folder ? TeamRecords{} : stored_records(settings, extract);
    const ListHead head{list, options.place.find(extract), order_sentence(words.lists, source.policy, list),
                        from_folder ? ReviewsKnown::none : ReviewsKnown::of_store};
    const Pictures pictures = make_pictures(extract, source.policy, *options.as_at, settings.threads);
    std::vector<ListRow> rows = work_list(extract, pictures, source.policy, list, head.place, records,
                                          reviews_to(extract, *options.as_at));
    if (options.block) std::erase_if(rows, [&](const ListRow& row) { return row.block != *options.block; });
    if (options.format == ListFormat::text) {
        write_list_text(extract, pictures, rows, head, words.lists, words.reviews, source.provenance(),
                        terminal_for(options.output, settings.colour), output->sink());
    } else {
        const std::vector<DataTable> tables = {
            list_table(extract, pictures, rows, list, words.lists, words.reviews, {}),
            list_parts_table(count_list(rows), list, words.lists)};
        if (options.format == ListFormat::xlsx)
            write_tables_workbook(tables,
                                  fmt::format("{}: {}, {}", words.lists.list(list).title, head.place.name,
                                              long_date(*options.as_at)),
                                  source.provenance(), *options.as_at, *options.output);
        else
            write_tables(tables, head, options, source.provenance(), *output);
    }
    if (output) output->commit();
    return ExitCode::done;
}

std::vector<std::string> block_words() {
    std::vector<std::string> words;
    for (std::size_t i = 0; i < list_block_count; ++i)
        words.emplace_back(text_of(static_cast<ListBlock>(i)));
    return words;
}

}  // namespace

void add_list(CommandLine& line) {
    const auto options = std::make_shared<ListOptions>();
    Command& command = line.command(
        "list", WorkStep::people, "A work list: who needs review first, why, and what is not known of them");
    command.argument("LIST", options->list, "Which: " + known_lists());
    declare_source(command, options->source);
    command.day("--as-at", options->as_at, OptionNeed::required, "Day to look at, usually a month's last");
    options->place.declare(command);
    command.choice(
        "--block", block_words(), "",
        [options](std::size_t i) { options->block = static_cast<ListBlock>(i); },
        "Only one block of the list, a reason why people are on it");
    command.choice<ListFormat>("--format",
                               {{"text", ListFormat::text},
                                {"csv", ListFormat::csv},
                                {"json", ListFormat::json},
                                {"xlsx", ListFormat::xlsx}},
                               options->format, "Form of the result");
    declare_output(command, options->output);
    command.example("optimat list 1 latest --as-at 2018-10-31 --service S0001",
                    "Who is at the highest risk of an overdose at one service, with reasons and evidence");
    command.example("optimat list 2 latest --as-at 2018-10-31 --block reducing_or_detox --format csv",
                    "Who uses on top below the threshold while the dose is reduced");
    command.example("optimat list 6 latest --as-at 2018-10-31 --format xlsx -o cover.xlsx",
                    "Who has lost their medicine, as a workbook");
    command.runs([options](const Settings& settings) { return list(settings, *options); });
}

}  // namespace optimat
