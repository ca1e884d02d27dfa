#include "priority/risk.hpp"

#include <algorithm>
#include <tuple>

namespace optimat {

namespace {

constexpr std::array<std::string_view, risk_factor_count> factor_texts = {
    "on_top_use",     "injecting",     "depressant_or_alcohol", "recent_overdose",  "lowered_tolerance",
    "potent_opioids", "acute_housing", "physical_health",       "suicidal_thoughts"};
constexpr std::array<std::string_view, risk_factor_count> factor_words = {
    "use on top",     "injecting",     "depressants or alcohol", "recent overdose",  "lowered tolerance",
    "potent opioids", "acute housing", "physical health",        "suicidal thoughts"};
constexpr std::array<std::string_view, 3> presence_texts = {"unknown", "absent", "present"};
constexpr std::array<std::string_view, 5> source_words = {"TOP", "drug screen", "risk profile", "event",
                                                          "prescriptions"};

/// What a risk profile says of which factor.
struct ProfileFlag {
    RiskProfileField field;
    RiskFactor factor;
};
constexpr ProfileFlag profile_flags[] = {
    {RiskProfileField::injecting, RiskFactor::injecting},
    {RiskProfileField::depressant_or_alcohol, RiskFactor::depressant_or_alcohol},
    {RiskProfileField::recent_overdose, RiskFactor::recent_overdose},
    {RiskProfileField::lowered_tolerance, RiskFactor::lowered_tolerance},
    {RiskProfileField::potent_opioids, RiskFactor::potent_opioids},
    {RiskProfileField::acute_housing, RiskFactor::acute_housing},
    {RiskProfileField::physical_health, RiskFactor::physical_health},
    {RiskProfileField::suicidal_thoughts, RiskFactor::suicidal_thoughts}};

/// "An event inside its window is always present."
bool is_event(const RiskFinding& finding) {
    return finding.source == RiskSource::event || finding.source == RiskSource::cover;
}

/// The finding that decides on a factor other than on-top use, of those on it, which stand by day.
const RiskFinding& deciding_of(std::span<const RiskFinding> findings) {
    const RiskFinding* deciding = nullptr;
    for (const RiskFinding& finding : findings)
        if (is_event(finding)) deciding = &finding;
    if (deciding != nullptr) return *deciding;
    for (const RiskFinding& finding : findings)
        if (deciding == nullptr || finding.day > deciding->day || finding.present || !deciding->present)
            deciding = &finding;
    return *deciding;
}

/// The same of on-top use: "evidence in (L − 28 days, L] decides: any use there is use".
const RiskFinding& deciding_use_of(std::span<const RiskFinding> findings, const Policy& policy) {
    const Day latest = findings.back().day;
    Day after = findings.front().day - 1;
    if (policy.evidence_choice == EvidenceChoice::latest) after = latest - 1;
    if (policy.evidence_choice == EvidenceChoice::recall_28) after = latest - policy.recall_days;
    for (std::size_t i = findings.size(); i > 0 && findings[i - 1].day > after; --i)
        if (findings[i - 1].present) return findings[i - 1];
    return findings.back();
}

}  // namespace

bool is_release(EventKind kind) {
    return kind == EventKind::prison_release || kind == EventKind::hospital_discharge ||
           kind == EventKind::rehab_discharge;
}

std::string_view text_of(RiskFactor factor) { return factor_texts[static_cast<std::size_t>(factor)]; }
std::string_view words_for(RiskFactor factor) { return factor_words[static_cast<std::size_t>(factor)]; }
std::string_view text_of(Presence presence) { return presence_texts[static_cast<std::size_t>(presence)]; }
std::string_view words_for(RiskSource source) { return source_words[static_cast<std::size_t>(source)]; }

int count_of(const RiskPicture& risk, Presence presence) {
    return static_cast<int>(std::ranges::count(risk, presence, &FactorPicture::presence));
}

/// Findings are dated after these days and no later than as_at.
struct RiskReader::Windows {
    Day as_at, profile, absence, top, screen, overdose, release, uncovered, evidence;
    Windows(Day day, const Policy& policy)
        : as_at(day),
          profile(add_months(day, -policy.priority.profile_months)),
          absence(add_months(day, -policy.priority.absence_months)),
          top(add_months(day, -policy.priority.top_months)),
          screen(add_months(day, -policy.priority.screen_months)),
          overdose(add_months(day, -policy.priority.overdose_months)),
          release(day - policy.priority.release_days),
          uncovered(day - policy.priority.uncovered_within_days),
          evidence(add_months(day, -policy.evidence_months)) {}
    bool hold(bool present, Day day, Day after) const {
        return day <= as_at && day > (present ? after : absence);
    }
};

RiskReader::RiskReader(const Chunk& chunk, const Policy& policy) : m_chunk(chunk), m_policy(policy) {}

void RiskReader::add(RiskFactor factor, RiskSource source, bool present, Day day, std::uint32_t row) {
    m_findings.push_back({factor, source, present, day, row});
}

void RiskReader::read_evidence(const Windows& windows, const Spell* spell,
                               std::span<const Evidence> evidence) {
    Day after = windows.evidence;
    if (spell != nullptr && !spell->censored) after = std::max(after, spell->first);
    for (const Evidence& one : evidence) {
        if (one.day <= after || one.day > windows.as_at) continue;
        const RiskSource source = one.table == TableKind::tops ? RiskSource::top : RiskSource::drug_screen;
        add(RiskFactor::on_top_use, source, one.use, one.day, one.row);
    }
}

void RiskReader::read_profiles(std::uint32_t client, const Windows& windows) {
    const Table& table = m_chunk.table(TableKind::risk_profiles);
    const RowRange rows = table.rows_of(client);
    if (rows.empty()) return;
    const auto days = table.column<Day>(RiskProfileField::date);
    for (const ProfileFlag& flag : profile_flags) {
        const auto cells = table.column<Flag>(flag.field);
        for (std::uint32_t row = rows.begin; row < rows.end; ++row) {
            const bool yes = cells[row] == Flag::yes;
            if (cells[row] != Flag::not_recorded && windows.hold(yes, days[row], windows.profile))
                add(flag.factor, RiskSource::risk_profile, yes, days[row], row);
        }
    }
}

void RiskReader::read_tops(std::uint32_t client, const Windows& windows) {
    const Table& table = m_chunk.table(TableKind::tops);
    const RowRange rows = table.rows_of(client);
    const auto days = table.column<Day>(TopField::date);
    const auto setting = table.column<Setting>(TopField::setting);
    const auto injecting = table.column<OptionalCount>(TopField::injecting_days);
    const auto alcohol = table.column<OptionalCount>(TopField::alcohol_days);
    const auto benzodiazepine = table.column<OptionalCount>(TopField::benzodiazepine_days);
    const auto housing = table.column<Flag>(TopField::acute_housing_problem);
    const auto health = table.column<OptionalCount>(TopField::physical_health);
    const PriorityPolicy& policy = m_policy.priority;
    for (std::uint32_t row = rows.begin; row < rows.end; ++row) {
        if (setting[row] == Setting::secure) continue;
        const auto say = [&](RiskFactor factor, bool yes) {
            if (windows.hold(yes, days[row], windows.top)) add(factor, RiskSource::top, yes, days[row], row);
        };
        if (injecting[row]) say(RiskFactor::injecting, *injecting[row] > 0);
        const bool drinks = alcohol[row] && *alcohol[row] >= policy.alcohol_days;
        const bool takes = benzodiazepine[row] && *benzodiazepine[row] >= policy.benzodiazepine_days;
        if (drinks || takes || (alcohol[row] && benzodiazepine[row]))
            say(RiskFactor::depressant_or_alcohol, drinks || takes);
        if (housing[row] != Flag::not_recorded) say(RiskFactor::acute_housing, housing[row] == Flag::yes);
        if (health[row]) say(RiskFactor::physical_health, *health[row] <= policy.physical_health);
    }
}

void RiskReader::read_screens(std::uint32_t client, const Windows& windows) {
    const Table& table = m_chunk.table(TableKind::drug_screens);
    const RowRange rows = table.rows_of(client);
    if (rows.empty()) return;
    const auto days = table.column<Day>(ScreenField::date);
    const auto setting = table.column<Setting>(ScreenField::setting);
    const auto strong = table.column<ScreenResult>(ScreenField::fentanyl_or_nitazene);
    const std::array depressants = {table.column<ScreenResult>(ScreenField::benzodiazepine),
                                    table.column<ScreenResult>(ScreenField::alcohol),
                                    table.column<ScreenResult>(ScreenField::gabapentinoid)};
    for (std::uint32_t row = rows.begin; row < rows.end; ++row) {
        if (setting[row] == Setting::secure) continue;
        const auto say = [&](RiskFactor factor, bool yes) {
            if (windows.hold(yes, days[row], windows.screen))
                add(factor, RiskSource::drug_screen, yes, days[row], row);
        };
        if (strong[row] == ScreenResult::positive || strong[row] == ScreenResult::negative)
            say(RiskFactor::potent_opioids, strong[row] == ScreenResult::positive);
        const auto found = [&](ScreenResult result) {
            return [result, row](const auto& cells) { return cells[row] == result; };
        };
        const bool any = std::ranges::any_of(depressants, found(ScreenResult::positive));
        if (any || std::ranges::all_of(depressants, found(ScreenResult::negative)))
            say(RiskFactor::depressant_or_alcohol, any);
    }
}

void RiskReader::read_events(std::uint32_t client, const Windows& windows) {
    m_missed.clear();
    const Table& table = m_chunk.table(TableKind::events);
    const RowRange rows = table.rows_of(client);
    const auto days = table.column<Day>(EventField::date);
    const auto kinds = table.column<EventKind>(EventField::kind);
    for (std::uint32_t row = rows.begin; row < rows.end; ++row) {
        const Day day = days[row];
        if (day > windows.as_at) continue;
        if (kinds[row] == EventKind::overdose_non_fatal && day > windows.overdose)
            add(RiskFactor::recent_overdose, RiskSource::event, true, day, row);
        if (is_release(kinds[row]) && day > windows.release)
            add(RiskFactor::lowered_tolerance, RiskSource::event, true, day, row);
        if (kinds[row] == EventKind::missed_pickup && day > windows.uncovered) m_missed.push_back(day);
    }
}

void RiskReader::read_cover(const Windows& windows, const Timeline& timeline) {
    if (timeline.covers().empty()) return;
    const Day first = std::max(windows.uncovered + 1, timeline.covers().front().start);
    std::uint32_t in_a_row = 0;
    for (Day day = first; day <= windows.as_at; day = day + 1) {
        const std::size_t started = timeline.started_by(day);
        const bool without =
            !timeline.in_mat(started, day) || std::ranges::find(m_missed, day) != m_missed.end();
        if (without && ++in_a_row >= static_cast<std::uint32_t>(m_policy.priority.uncovered_days)) {
            // One finding a run: its last day and length so far.
            if (in_a_row > static_cast<std::uint32_t>(m_policy.priority.uncovered_days))
                m_findings.pop_back();
            add(RiskFactor::lowered_tolerance, RiskSource::cover, true, day, in_a_row);
        }
        if (!without) in_a_row = 0;
    }
}

std::span<const RiskFinding> RiskReader::read(std::uint32_t client, Day as_at, const Timeline& timeline,
                                              const Spell* spell, std::span<const Evidence> evidence) {
    m_findings.clear();
    const Windows windows(as_at, m_policy);
    read_evidence(windows, spell, evidence);
    read_profiles(client, windows);
    read_tops(client, windows);
    read_screens(client, windows);
    read_events(client, windows);
    read_cover(windows, timeline);
    // Evidence keeps its own order of one day: TOPs before screens.
    std::ranges::stable_sort(m_findings, {}, [](const RiskFinding& finding) {
        return std::tuple(finding.factor, finding.day, finding.source, finding.row);
    });
    return m_findings;
}

RiskPicture risk_picture(std::span<const RiskFinding> findings, const Policy& policy) {
    RiskPicture picture;
    for (std::size_t begin = 0; begin < findings.size();) {
        std::size_t end = begin;
        while (end < findings.size() && findings[end].factor == findings[begin].factor)
            ++end;
        const auto of_factor = findings.subspan(begin, end - begin);
        const RiskFactor factor = of_factor.front().factor;
        FactorPicture& known = picture[static_cast<std::size_t>(factor)];
        known.deciding =
            factor == RiskFactor::on_top_use ? deciding_use_of(of_factor, policy) : deciding_of(of_factor);
        known.presence = known.deciding->present ? Presence::present : Presence::absent;
        for (const RiskFinding& finding : of_factor)
            if (finding.present != known.deciding->present) known.conflict = finding;
        begin = end;
    }
    return picture;
}

}  // namespace optimat
