#pragma once
// The known faults of real exports, planted at a small rate: about one client in a hundred has one, and no
// client has two, so that what a reader finds can be compared with the list, fault by fault.

#include "synth/extract_files.hpp"

#include <array>
#include <cstdint>
#include <filesystem>

namespace optimat::synth {

/// What is planted. Each is explained, with the rule that should find it, in the list that write_list writes.
enum class Defect : std::uint8_t {
    dose_in_millilitres,
    millilitres_without_strength,
    dose_negative,
    dose_zero,
    dose_absurd,
    dose_unreadable,
    dose_on_threshold,
    prescription_overlapping,
    prescription_open_after_discharge,
    prescription_after_death,
    prescription_ends_before_start,
    prescription_dates_in_another_form,
    prescription_repeated,
    prescription_id_reused,
    prescription_of_unknown_client,
    episode_at_unknown_service,
    top_days_above_28,
    top_scale_above_20,
    top_sharing_without_injecting,
    top_after_death,
    top_dates_in_another_form,
    top_repeated,
    event_windows_1252,
    event_line_break,
    event_unknown_kind,
    death_event_only
};
constexpr std::size_t defect_count = static_cast<std::size_t>(Defect::death_event_only) + 1;

class DefectPlanter {
  public:
    explicit DefectPlanter(const Plan& plan);

    /// Plants at most one fault, if one is due and the client's records allow it.
    ExtractFiles::Repeats plant(ClientRecords& records, std::size_t client_number);

    /// Writes defects.csv: file, defect, the rule that finds it (empty: harmless), how many were planted.
    SynthFile write_list(const std::filesystem::path& folder) const;

  private:
    bool is_due(std::size_t defect, std::size_t client_number) const;

    Day m_last_day;
    std::size_t m_clients;
    std::size_t m_wanted;  ///< of each kind
    std::array<std::size_t, defect_count> m_planted{};
};

}  // namespace optimat::synth
