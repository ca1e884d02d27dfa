#include "case_run.hpp"

#include "base/error.hpp"
#include "intake/bank_holidays.hpp"
#include "intake/policy_file.hpp"
#include "temporary_folder.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace optimat::spec {

CaseRun::CaseRun(Complain to_whom) : given(Definitions().inventory_items()), complain(std::move(to_whom)) {}

void CaseRun::read() {
    m_was_run = true;
    m_refusal.clear();
    m_read.reset();
    m_states.reset();
    tracked.reset();
    service_data.reset();
    flows.reset();
    disclosed.reset();
    priority.reset();
    outcome.reset();
    const TemporaryFolder folder;
    given.write(folder.path());
    try {
        m_policy = parse_policy(policy_text, "the policy", m_definitions.policy());
        m_policy.bank_holidays = parse_bank_holidays(m_definitions.text("bank_holidays.toml"),
                                                     "bank_holidays.toml", m_policy.nation);
        ReadOptions options;
        options.policy = m_policy;
        options.inventory_items = m_definitions.inventory_items();
        options.threads = {1};
        options.built_in_mapping = [this](const std::string& name) { return m_definitions.mapping(name); };
        m_read = read_extract(folder.path(), options);
    } catch (const Error& error) {
        m_refusal = error.what();
    }
}

void CaseRun::classify(int line, const std::vector<Day>& dates) {
    read();
    if (!m_read || m_read->report.refused()) return;
    if (given.only_tables() && m_read->report.count(Severity::error) != 0) {
        const Issue& issue = *std::ranges::find(m_read->report.issues, Severity::error, [](const Issue& one) {
            return issue_rule(one.rule).severity;
        });
        throw SpecError(line, fmt::format("the tables break the contract: {}, row {}: {}",
                                          m_read->report.files[issue.file].file, issue.line - 1,
                                          issue_rule(issue.rule).id));
    }
    m_states = optimat::classify(m_read->extract, m_policy, dates, {1});
}

const ReadExtract& CaseRun::read_result(int line) const {
    if (!m_was_run) throw SpecError(line, "no When stands above");
    if (!m_read) throw CaseFailed(line, fmt::format("the extract was refused: {}", m_refusal));
    return *m_read;
}

const Extract& CaseRun::extract(int line) const {
    const ReadExtract& result = read_result(line);
    for (const FileReport& file : result.report.files)
        if (!file.refusal.empty())
            throw CaseFailed(line, fmt::format("a file was refused: {}", file.refusal));
    return result.extract;
}

const States& CaseRun::states(int line) const {
    extract(line);
    if (!m_states) throw SpecError(line, "the When above did not classify");
    return *m_states;
}

}  // namespace optimat::spec
