#include "web/check_summary.hpp"

#include "stage/classify.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <span>
#include <unordered_set>

namespace optimat {

namespace {

using Json = nlohmann::json;

constexpr std::uint8_t not_in_mat = 0xff;

/// Clients numbered through all chunks, with their stage on one day.
class ClientStages {
  public:
    ClientStages(const Extract& extract, const Policy& policy, ThreadCount threads) : m_extract(extract) {
        std::size_t clients = 0;
        for (const Chunk& chunk : extract.chunks) {
            m_first.push_back(clients);
            clients += chunk.client_count();
        }
        m_stages.assign(clients, not_in_mat);
        const States states = classify(extract, policy, {extract.covers_to}, threads);
        for (std::size_t chunk = 0; chunk < states.chunks.size(); ++chunk)
            for (const State& state : states.chunks[chunk])
                m_stages[m_first[chunk] + state.client] = static_cast<std::uint8_t>(state.stage);
    }

    std::optional<std::uint32_t> find(std::string_view id) const {
        if (m_extract.chunks.empty()) return std::nullopt;
        const std::size_t chunk = partition_of(id) / (partition_count / m_extract.chunks.size());
        const TextColumn& ids = m_extract.chunks[chunk].client_ids;
        std::size_t low = 0, high = ids.size();
        while (low < high) {
            const std::size_t middle = (low + high) / 2;
            if (ids[middle] < id)
                low = middle + 1;
            else
                high = middle;
        }
        if (low == ids.size() || ids[low] != id) return std::nullopt;
        return static_cast<std::uint32_t>(m_first[chunk] + low);
    }
    void count(std::uint32_t client, StageCounts& stages) const {
        if (m_stages[client] != not_in_mat) ++stages[m_stages[client]];
    }
    StageCounts all() const {
        StageCounts stages{};
        for (std::uint32_t client = 0; client < m_stages.size(); ++client)
            count(client, stages);
        return stages;
    }

  private:
    const Extract& m_extract;
    std::vector<std::size_t> m_first;
    std::vector<std::uint8_t> m_stages;
};

/// The people of one rule as they are found: those of the extract by number, others by what their rows say.
struct Touched {
    std::vector<std::uint32_t> clients;
    std::unordered_set<std::string> others;
};

/// The issues of one file of the report.
std::span<const Issue> issues_of(const CheckReport& report, std::size_t file) {
    return std::ranges::equal_range(report.issues, file, {},
                                    [](const Issue& issue) { return std::size_t{issue.file}; });
}

std::vector<std::uint64_t> lines_of_rows(std::span<const Issue> issues) {
    std::vector<std::uint64_t> lines;
    for (const Issue& issue : issues)
        if (issue.line > 1 && (lines.empty() || lines.back() != issue.line)) lines.push_back(issue.line);
    return lines;
}

void find_touched(const CheckReport& report, const ClientStages& clients, const ExtractRows& rows,
                  std::array<Touched, rule_count>& touched) {
    for (std::size_t file = 0; file < report.files.size(); ++file) {
        const std::span<const Issue> issues = issues_of(report, file);
        rows.read(
            report.files[file], lines_of_rows(issues), RowCells::client_only, [&](const ExtractRow& row) {
                if (row.client_id.empty()) return;
                const auto client = clients.find(row.client_id);
                for (const Issue& issue : std::ranges::equal_range(issues, row.line, {}, &Issue::line)) {
                    Touched& people = touched[static_cast<std::size_t>(issue.rule)];
                    if (client)
                        people.clients.push_back(*client);
                    else
                        people.others.insert(row.client_id);
                }
            });
    }
}

RuleReach reach_of(Touched& touched, const ClientStages& clients) {
    RuleReach reach;
    std::ranges::sort(touched.clients);
    const auto repeated = std::ranges::unique(touched.clients);
    touched.clients.erase(repeated.begin(), repeated.end());
    for (const std::uint32_t client : touched.clients)
        clients.count(client, reach.stages);
    reach.people = touched.clients.size() + touched.others.size();
    return reach;
}

Json json_of(const RuleSummary& rule) {
    Json json{{"rule", issue_rule(rule.rule).id}, {"issues", rule.issues}};
    if (rule.reach) json.update({{"people", rule.reach->people}, {"stages", rule.reach->stages}});
    return json;
}

Json json_of(const FileSummary& file) {
    return {{"file", file.file},
            {"table", file.table},
            {"bytes", file.bytes},
            {"read", file.rows.read},
            {"accepted", file.rows.accepted},
            {"repeated", file.rows.repeated},
            {"refused", file.rows.refused},
            {"refusal", file.refusal}};
}

RuleSummary rule_of_json(const Json& json) {
    const auto rule = find_rule(json.at("rule").get<std::string>());
    if (!rule)
        throw StoreError("a check report in the store names a rule that this program does not know; a newer "
                         "Optimat wrote it");
    RuleSummary summary{*rule, json.at("issues").get<std::uint64_t>(), std::nullopt};
    if (json.contains("people"))
        summary.reach =
            RuleReach{json.at("people").get<std::uint64_t>(), json.at("stages").get<StageCounts>()};
    return summary;
}

FileSummary file_of_json(const Json& json) {
    const auto number = [&](const char* name) { return json.at(name).get<std::uint64_t>(); };
    return {json.at("file").get<std::string>(),
            json.at("table").get<std::string>(),
            number("bytes"),
            {number("read"), number("accepted"), number("repeated"), number("refused")},
            json.at("refusal").get<std::string>()};
}

}  // namespace

bool CheckSummary::refused() const {
    return std::ranges::any_of(files, [](const FileSummary& file) { return !file.refusal.empty(); });
}

std::uint64_t CheckSummary::rows() const {
    std::uint64_t sum = 0;
    for (const FileSummary& file : files)
        sum += file.rows.read;
    return sum;
}

std::uint64_t CheckSummary::issues(Severity severity) const {
    std::uint64_t sum = 0;
    for (const RuleSummary& rule : rules)
        if (issue_rule(rule.rule).severity == severity) sum += rule.issues;
    return sum;
}

CheckSummary summary_of(const CheckReport& report) {
    CheckSummary summary;
    for (const FileReport& file : report.files)
        summary.files.push_back({file.file, file.table, file.bytes, file.rows, file.refusal});
    std::array<std::uint64_t, rule_count> counts{};
    for (const Issue& issue : report.issues)
        ++counts[static_cast<std::size_t>(issue.rule)];
    for (std::size_t rule = 0; rule < rule_count; ++rule)
        if (counts[rule] != 0) summary.rules.push_back({static_cast<Rule>(rule), counts[rule], std::nullopt});
    std::ranges::stable_sort(summary.rules, [](const RuleSummary& left, const RuleSummary& right) {
        const Severity a = issue_rule(left.rule).severity, b = issue_rule(right.rule).severity;
        return a != b ? a > b : left.issues > right.issues;
    });
    return summary;
}

CheckSummary summary_of(const CheckReport& report, const Extract& extract, const Policy& policy,
                        const ExtractRows& rows, ThreadCount threads) {
    CheckSummary summary = summary_of(report);
    summary.organisation = extract.organisation;
    summary.covers_from = to_text(extract.covers_from);
    summary.covers_to = to_text(extract.covers_to);
    summary.people = extract.client_count();
    const ClientStages clients(extract, policy, threads);
    summary.stages = clients.all();
    std::array<Touched, rule_count> touched;
    find_touched(report, clients, rows, touched);
    for (RuleSummary& rule : summary.rules)
        rule.reach = reach_of(touched[static_cast<std::size_t>(rule.rule)], clients);
    return summary;
}

std::string to_json(const CheckSummary& summary) {
    Json files = Json::array(), rules = Json::array();
    for (const FileSummary& file : summary.files)
        files.push_back(json_of(file));
    for (const RuleSummary& rule : summary.rules)
        rules.push_back(json_of(rule));
    return Json{{"organisation", summary.organisation},
                {"covers_from", summary.covers_from},
                {"covers_to", summary.covers_to},
                {"people", summary.people},
                {"stages", summary.stages},
                {"files", std::move(files)},
                {"rules", std::move(rules)}}
        .dump(-1, ' ', false, Json::error_handler_t::replace);
}

CheckSummary check_summary_of_json(const std::string& text) {
    try {
        const Json json = Json::parse(text);
        CheckSummary summary;
        summary.organisation = json.at("organisation").get<std::string>();
        summary.covers_from = json.at("covers_from").get<std::string>();
        summary.covers_to = json.at("covers_to").get<std::string>();
        summary.people = json.at("people").get<std::uint64_t>();
        summary.stages = json.at("stages").get<StageCounts>();
        for (const Json& file : json.at("files"))
            summary.files.push_back(file_of_json(file));
        for (const Json& rule : json.at("rules"))
            summary.rules.push_back(rule_of_json(rule));
        return summary;
    } catch (const Json::exception&) {
        throw StoreError("the check report of an upload in the store is damaged; restore a backup, or send "
                         "the extract again");
    }
}

void write_issue_places(const CheckReport& report, const std::filesystem::path& file) {
    Json files = Json::array();
    for (const FileReport& one : report.files)
        files.push_back({{"file", one.file}, {"table", one.table}, {"columns", one.columns}});
    std::ofstream out(file, std::ios::binary);
    out << files.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
    for (const Issue& issue : report.issues)
        out << static_cast<int>(issue.rule) << ' ' << int{issue.file} << ' ' << issue.column << ' '
            << issue.line << '\n';
    if (!out.flush())
        throw OutputError("the places of the issues cannot be written; is the disk of the server full?");
}

CheckReport read_issue_places(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string head;
    if (!std::getline(in, head))
        throw InputError("the files of this extract are not on this server any more");
    CheckReport report;
    for (const Json& one : Json::parse(head))
        report.files.push_back({one.at("file").get<std::string>(),
                                one.at("table").get<std::string>(),
                                0,
                                {},
                                one.at("columns").get<std::vector<std::string>>(),
                                {}});
    unsigned rule = 0, place = 0;
    std::uint16_t column = 0;
    std::uint64_t line = 0;
    while (in >> rule >> place >> column >> line) {
        if (rule >= rule_count || place >= report.files.size())
            throw InputError("the list of issues is damaged; check the extract again");
        report.issues.push_back({static_cast<Rule>(rule), static_cast<std::uint8_t>(place), column, line});
    }
    return report;
}

std::optional<Rule> find_rule(std::string_view id) {
    for (std::size_t rule = 0; rule < rule_count; ++rule)
        if (issue_rule(static_cast<Rule>(rule)).id == id) return static_cast<Rule>(rule);
    return std::nullopt;
}

}  // namespace optimat
