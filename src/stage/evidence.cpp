#include "stage/evidence.hpp"

namespace optimat {

EvidenceReader::EvidenceReader(const Chunk& chunk)
    : m_tops(chunk.table(TableKind::tops)),
      m_screens(chunk.table(TableKind::drug_screens)),
      m_top_day(m_tops.column<Day>(TopField::date)),
      m_screen_day(m_screens.column<Day>(ScreenField::date)),
      m_opiate_days(m_tops.column<OptionalCount>(TopField::opiate_days)),
      m_top_stage(m_tops.column<TopStage>(TopField::stage)),
      m_top_setting(m_tops.column<Setting>(TopField::setting)),
      m_screen_setting(m_screens.column<Setting>(ScreenField::setting)),
      m_illicit_opioid(m_screens.column<ScreenResult>(ScreenField::illicit_opioid)),
      m_strong_opioid(m_screens.column<ScreenResult>(ScreenField::fentanyl_or_nitazene)) {}

// "a TOP with `opiate_days` recorded, stage not `start` (it recalls the time before treatment), setting not
// secure"
inline void EvidenceReader::add_top(std::uint32_t row, std::vector<Evidence>& evidence) const {
    if (!m_opiate_days[row] || m_top_stage[row] == TopStage::start || m_top_setting[row] == Setting::secure)
        return;
    evidence.push_back({m_top_day[row], row, TableKind::tops, *m_opiate_days[row] > 0});
}

// "or a screen, not secure: `illicit_opioid` or `fentanyl_or_nitazene` positive is use, otherwise
// `illicit_opioid` negative is no use"
inline void EvidenceReader::add_screen(std::uint32_t row, std::vector<Evidence>& evidence) const {
    if (m_screen_setting[row] == Setting::secure) return;
    const bool use =
        m_illicit_opioid[row] == ScreenResult::positive || m_strong_opioid[row] == ScreenResult::positive;
    if (!use && m_illicit_opioid[row] != ScreenResult::negative) return;
    evidence.push_back({m_screen_day[row], row, TableKind::drug_screens, use});
}

void EvidenceReader::read(std::size_t client, std::vector<Evidence>& evidence) const {
    evidence.clear();
    const RowRange tops = m_tops.rows_of(client), screens = m_screens.rows_of(client);
    std::uint32_t top = tops.begin, screen = screens.begin;
    while (top < tops.end || screen < screens.end) {
        const bool top_next =
            screen == screens.end || (top < tops.end && m_top_day[top] <= m_screen_day[screen]);
        if (top_next)
            add_top(top++, evidence);
        else
            add_screen(screen++, evidence);
    }
}

}  // namespace optimat
