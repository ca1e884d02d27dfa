#include "priority/picture.hpp"

#include "measure/attribution.hpp"
#include "priority/out_of_cover.hpp"

#include <algorithm>

namespace optimat {

namespace {

constexpr std::string_view frequency_texts[] = {"unknown", "occasional", "regular", "daily"};
constexpr std::string_view supervision_texts[] = {"not_recorded", "supervised", "unsupervised", "injection"};

Frequency frequency_of(std::int16_t days, const PriorityPolicy& policy) {
    if (days <= policy.occasional_days) return Frequency::occasional;
    return days <= policy.regular_days ? Frequency::regular : Frequency::daily;
}

/// Which items of the inventory anybody has an answer to.
std::vector<bool> items_in_use(const Extract& extract) {
    std::vector<bool> in_use(extract.inventory_items.size(), false);
    for (std::size_t item = 0; item < in_use.size(); ++item)
        for (const Chunk& chunk : extract.chunks) {
            const Table& table = chunk.table(TableKind::ascis);
            const auto cells =
                table.columns[fields_of(TableKind::ascis).size() + item].template cells<Flag>();
            if (std::ranges::any_of(cells, [](Flag cell) { return cell != Flag::not_recorded; })) {
                in_use[item] = true;
                break;
            }
        }
    return in_use;
}

/// Reads the pictures of one chunk's clients.
class PictureReader {
  public:
    PictureReader(const Extract& extract, std::size_t chunk, const Policy& policy, Day as_at,
                  const std::vector<bool>& in_use)
        : m_extract(extract),
          m_chunk_number(chunk),
          m_chunk(extract.chunks[chunk]),
          m_policy(policy),
          m_as_at(as_at),
          m_in_use(in_use),
          m_classifier(extract, m_chunk, policy),
          m_risk(m_chunk, policy),
          m_evidence_reader(m_chunk),
          m_reference(as_at, policy) {
        const PriorityPolicy& priority = policy.priority;
        // The same days of the months before, rising.
        for (int months = std::max(priority.stable_months, priority.slow_reduction_months); months > 0;
             --months)
            m_before.emplace_back(add_months(as_at, -months), policy);
        m_states.resize(m_before.size());
    }

    /// Fills in the picture and says whether the person is in MAT or on list 6. The findings behind the risk
    /// picture are there in any case.
    bool read(std::uint32_t client, PersonPicture& picture) {
        picture = PersonPicture{};
        picture.place = {m_chunk_number, client};
        picture.refused_records = m_chunk.refused_records[client];
        m_evidence_reader.read(client, m_evidence);
        std::erase_if(m_evidence, [&](const Evidence& one) { return one.day > m_as_at; });
        if (!m_evidence.empty()) picture.last_evidence = m_evidence.back();
        const State* before_end = m_classifier.classify(client, m_before, m_states.data());
        const auto reasoning = m_classifier.reason(client, m_reference);
        read_risk(client, reasoning, picture);
        read_events(client, picture);
        read_household(client, picture);
        read_inventory(client, picture);
        read_last_top(client, picture);
        read_concern(client, picture);
        if (!reasoning)
            return read_out_of_cover(m_chunk, client, m_classifier.timeline(), m_as_at, m_released, m_policy,
                                     picture);
        read_state(*reasoning, picture);
        read_months_before({m_states.data(), before_end}, picture);
        return true;
    }

    std::span<const RiskFinding> findings() const { return m_findings; }

  private:
    void read_risk(std::uint32_t client, const std::optional<Reasoning>& reasoning, PersonPicture& picture) {
        const Timeline& timeline = m_classifier.timeline();
        const Spell* spell = reasoning ? &timeline.spell_of(reasoning->current.lead) : nullptr;
        m_findings = m_risk.read(client, m_as_at, timeline, spell, m_evidence);
        picture.risk = risk_picture(m_findings, m_policy);
        const FactorPicture& overdose = picture.risk[static_cast<std::size_t>(RiskFactor::recent_overdose)];
        picture.recent_overdose_or_release = overdose.presence == Presence::present;
    }

    void read_events(std::uint32_t client, PersonPicture& picture) {
        const Table& table = m_chunk.table(TableKind::events);
        const RowRange rows = table.rows_of(client);
        const auto days = table.column<Day>(EventField::date);
        const auto kinds = table.column<EventKind>(EventField::kind);
        const PriorityPolicy& policy = m_policy.priority;
        m_released = OptionalDay{};
        for (std::uint32_t row = rows.begin; row < rows.end && days[row] <= m_as_at; ++row) {
            const Day day = days[row];
            if (kinds[row] == EventKind::naloxone_supplied) picture.naloxone = day;
            if (kinds[row] == EventKind::medical_review) picture.last_medical_review = day;
            if (kinds[row] == EventKind::overdose_non_fatal || is_release(kinds[row]))
                picture.last_overdose_or_release = day;
            if (!is_release(kinds[row])) continue;
            if (day > m_as_at - policy.release_days) picture.recent_overdose_or_release = true;
            if (day > m_as_at - policy.released_days) m_released = day;
        }
        picture.naloxone_current =
            picture.naloxone.has_value() && *picture.naloxone > add_months(m_as_at, -policy.naloxone_months);
    }

    void read_household(std::uint32_t client, PersonPicture& picture) {
        const Table& clients = m_chunk.table(TableKind::clients);
        picture.children_in_household = clients.column<Flag>(ClientField::children_in_household)[client];
        picture.safe_storage = clients.column<Flag>(ClientField::safe_storage)[client];
    }

    void read_inventory(std::uint32_t client, PersonPicture& picture) {
        const Table& table = m_chunk.table(TableKind::ascis);
        const RowRange rows = table.rows_of(client);
        const auto days = table.column<Day>(AsciField::date);
        for (std::uint32_t row = rows.end; row > rows.begin; --row)
            if (days[row - 1] <= m_as_at) {
                picture.asci = inventory_of(table, row - 1);
                return;
            }
    }

    AsciPicture inventory_of(const Table& table, std::uint32_t row) {
        AsciPicture asci;
        asci.day = table.column<Day>(AsciField::date)[row];
        asci.supervised_after = table.column<Flag>(AsciField::supervised_after)[row];
        asci.complete = true;
        bool answered = false;  // an inventory in which nothing is answered says nothing
        for (std::size_t item = 0; item < m_in_use.size(); ++item) {
            const Flag flag = table.columns[fields_of(TableKind::ascis).size() + item].cells<Flag>()[row];
            asci.items.push_back(flag);
            if (flag == Flag::yes) asci.any_item = true;
            if (flag == Flag::no) answered = true;
            if (flag == Flag::not_recorded && m_in_use[item]) asci.complete = false;
        }
        asci.complete = asci.any_item || (asci.complete && answered);
        return asci;
    }

    void read_last_top(std::uint32_t client, PersonPicture& picture) {
        const Table& table = m_chunk.table(TableKind::tops);
        const RowRange rows = table.rows_of(client);
        const auto days = table.column<Day>(TopField::date);
        const auto setting = table.column<Setting>(TopField::setting);
        for (std::uint32_t row = rows.begin; row < rows.end && days[row] <= m_as_at; ++row)
            if (setting[row] != Setting::secure) picture.last_top = row;
    }

    /// "nothing dated after it that shows use, overdose, diversion or missed pick-ups"
    void read_concern(std::uint32_t client, PersonPicture& picture) {
        const auto note = [&](Day day) {
            if (day <= m_as_at && (!picture.last_concern || *picture.last_concern < day))
                picture.last_concern = day;
        };
        for (const Evidence& one : m_evidence)
            if (one.use) note(one.day);
        const Table& events = m_chunk.table(TableKind::events);
        const auto kinds = events.column<EventKind>(EventField::kind);
        const RowRange rows = events.rows_of(client);
        for (std::uint32_t row = rows.begin; row < rows.end; ++row)
            if (kinds[row] == EventKind::overdose_non_fatal || kinds[row] == EventKind::missed_pickup)
                note(events.column<Day>(EventField::date)[row]);
        const Table& profiles = m_chunk.table(TableKind::risk_profiles);
        const RowRange profile_rows = profiles.rows_of(client);
        for (std::uint32_t row = profile_rows.begin; row < profile_rows.end; ++row)
            if (profiles.column<Flag>(RiskProfileField::recent_overdose)[row] == Flag::yes)
                note(profiles.column<Day>(RiskProfileField::date)[row]);
    }

    void read_state(const Reasoning& reasoning, PersonPicture& picture) {
        const State& state = reasoning.state;
        picture.state = state;
        picture.service = state.service;
        const Attribution whose = attribute(m_chunk, state, m_as_at);
        picture.keyworker = whose.keyworker;
        picture.team = whose.team;
        picture.days_in_treatment = whose.days_in_treatment;
        picture.reducing_and_below =
            (state.regime == Regime::reducing || state.regime == Regime::detox) && state.band == Band::below;
        const Table& prescriptions = m_chunk.table(TableKind::prescriptions);
        picture.target =
            prescriptions.column<OptionalDose>(PrescriptionField::target_dose_mg)[state.prescription];
        if (picture.target.has_value())
            picture.target_band = band_of(state.medicine, *picture.target, m_policy);
        picture.supervision = supervision_of(m_chunk, state);
        picture.shared_care = is_shared_care(state);
        if (reasoning.evidence.says != EvidenceVerdict::Says::nothing)
            picture.deciding = m_classifier.evidence()[reasoning.evidence.deciding];
        read_frequency(reasoning, picture);
    }

    bool is_shared_care(const State& state) const {
        if (m_extract.services[*state.service].kind == ServiceKind::shared_care) return true;
        const auto row = open_episode(m_chunk, state.client, state.service, m_as_at);
        return row &&
               m_chunk.table(TableKind::episodes).column<Flag>(EpisodeField::shared_care)[*row] == Flag::yes;
    }

    /// The days of the latest TOP that shows use among the evidence that decides.
    void read_frequency(const Reasoning& reasoning, PersonPicture& picture) {
        if (reasoning.evidence.says != EvidenceVerdict::Says::use) return;
        const auto evidence = m_classifier.evidence();
        const Day latest = picture.last_evidence->day;
        const auto opiates = m_chunk.table(TableKind::tops).column<OptionalCount>(TopField::opiate_days);
        const Spell& spell = m_classifier.timeline().spell_of(reasoning.current.lead);
        Day after =
            spell.censored ? m_reference.evidence_after : std::max(m_reference.evidence_after, spell.first);
        if (m_policy.evidence_choice == EvidenceChoice::latest) after = latest - 1;
        if (m_policy.evidence_choice == EvidenceChoice::recall_28)
            after = std::max(after, latest - m_policy.recall_days);
        for (const Evidence& one : evidence)
            if (one.use && one.table == TableKind::tops && one.day > after && one.day <= m_as_at)
                picture.days_used = *opiates[one.row];
        if (!picture.days_used) return;
        picture.frequency = frequency_of(*picture.days_used, m_policy.priority);
        const FactorPicture& depressants =
            picture.risk[static_cast<std::size_t>(RiskFactor::depressant_or_alcohol)];
        picture.tolerance_lower =
            picture.frequency == Frequency::occasional && depressants.presence == Presence::present;
    }

    void read_months_before(std::span<const State> before, PersonPicture& picture) {
        const auto holds = [&](int months, auto says) {
            const std::size_t first = m_before.size() - static_cast<std::size_t>(months);
            return std::ranges::count_if(before, [&](const State& state) {
                       return state.date >= first && says(state);
                   }) == months;
        };
        const PriorityPolicy& policy = m_policy.priority;
        picture.stable =
            picture.state->stage == Stage::mat3 &&
            holds(policy.stable_months, [](const State& state) { return state.stage == Stage::mat3; });
        picture.reducing_long = picture.state->regime == Regime::reducing &&
                                holds(policy.slow_reduction_months, [](const State& state) {
                                    return state.regime == Regime::reducing || state.regime == Regime::detox;
                                });
    }

    const Extract& m_extract;
    std::size_t m_chunk_number;
    const Chunk& m_chunk;
    const Policy& m_policy;
    Day m_as_at;
    const std::vector<bool>& m_in_use;
    Classifier m_classifier;
    RiskReader m_risk;
    EvidenceReader m_evidence_reader;
    ReferenceDate m_reference;
    std::vector<ReferenceDate> m_before;
    std::vector<State> m_states;  ///< of the days before
    std::vector<Evidence> m_evidence;
    std::span<const RiskFinding> m_findings;
    OptionalDay m_released;
};

}  // namespace

std::string_view text_of(Frequency frequency) { return frequency_texts[static_cast<std::size_t>(frequency)]; }
std::string_view text_of(SupervisionState state) {
    return supervision_texts[static_cast<std::size_t>(state)];
}

SupervisionState supervision_of(const Chunk& chunk, const State& state) {
    if (is_injection(state.medicine)) return SupervisionState::injection;
    const Table& prescriptions = chunk.table(TableKind::prescriptions);
    switch (prescriptions.column<Supervision>(PrescriptionField::supervision)[state.prescription]) {
    case Supervision::all:
    case Supervision::some:
        return SupervisionState::supervised;
    case Supervision::none:
        return SupervisionState::unsupervised;
    case Supervision::not_recorded:
        break;
    }
    const auto collection =
        prescriptions.column<Collection>(PrescriptionField::collection)[state.prescription];
    return collection == Collection::supervised_daily ? SupervisionState::supervised
                                                      : SupervisionState::not_recorded;
}

Pictures make_pictures(const Extract& extract, const Policy& policy, Day as_at, ThreadCount threads) {
    Pictures pictures;
    pictures.as_at = as_at;
    pictures.items_in_use = items_in_use(extract);
    std::vector<std::vector<PersonPicture>> by_chunk(extract.chunks.size());
    for_each_piece(extract.chunks.size(), threads, [&](std::size_t i, unsigned) {
        PictureReader reader(extract, i, policy, as_at, pictures.items_in_use);
        PersonPicture picture;
        for (std::uint32_t client = 0; client < extract.chunks[i].client_count(); ++client)
            if (reader.read(client, picture)) by_chunk[i].push_back(std::move(picture));
    });
    for (std::vector<PersonPicture>& people : by_chunk)
        std::ranges::move(people, std::back_inserter(pictures.people));
    return pictures;
}

std::optional<PersonPicture> picture_of(const Extract& extract, const Policy& policy, Day as_at,
                                        ClientPlace client, std::vector<RiskFinding>* findings) {
    const std::vector<bool> in_use = items_in_use(extract);
    PictureReader reader(extract, client.chunk, policy, as_at, in_use);
    PersonPicture picture;
    const bool listed = reader.read(client.client, picture);
    if (findings != nullptr) findings->assign(reader.findings().begin(), reader.findings().end());
    if (!listed) return std::nullopt;
    return picture;
}

}  // namespace optimat
