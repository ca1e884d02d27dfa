#pragma once
// Evidence of use on top: which TOPs and drug screens say something, and what. Rule evidence/on-top.

#include "model/extract.hpp"

#include <cstdint>
#include <vector>

namespace optimat {

/// A recorded sign of use, or of no use, of illicit opioids on top.
struct Evidence {
    Day day;
    std::uint32_t row;  ///< in its table
    TableKind table;    ///< tops or drug_screens
    bool use;
};

/// Reads the evidence of one chunk's clients.
class EvidenceReader {
  public:
    explicit EvidenceReader(const Chunk& chunk);
    /// All of the client's evidence in order of its day, TOPs before screens of the same day, into
    /// `evidence`.
    void read(std::size_t client, std::vector<Evidence>& evidence) const;

  private:
    void add_top(std::uint32_t row, std::vector<Evidence>& evidence) const;
    void add_screen(std::uint32_t row, std::vector<Evidence>& evidence) const;

    const Table& m_tops;
    const Table& m_screens;
    std::span<const Day> m_top_day, m_screen_day;
    std::span<const OptionalCount> m_opiate_days;
    std::span<const TopStage> m_top_stage;
    std::span<const Setting> m_top_setting, m_screen_setting;
    std::span<const ScreenResult> m_illicit_opioid, m_strong_opioid;
};

}  // namespace optimat
