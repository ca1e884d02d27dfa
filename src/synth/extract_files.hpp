#pragma once
// The ten files of an extract, open for writing: rows of one client after another in, CSV out.

#include "synth/csv_writer.hpp"
#include "synth/plan.hpp"
#include "synth/records.hpp"

#include <filesystem>
#include <vector>

namespace optimat::synth {

/// Opens every CSV file in the folder; writes extract.toml and services.csv at once.
class ExtractFiles {
  public:
    ExtractFiles(const std::filesystem::path& folder, const Plan& plan, Defects defects);

    /// Writes the rows of the client with this number (from 0). Ids follow from it and from the seed.
    void write(const ClientRecords& records, std::uint64_t client_number);

    /// Places, in their file, of rows of the next client that are written twice: a planted fault. −1 is none.
    struct Repeats {
        int prescription = -1, top = -1;
    };
    void repeat_next(const Repeats& repeats) { m_repeats = repeats; }

    /// Flushes and closes all; the rows written to each.
    std::vector<SynthFile> close();

  private:
    enum File : std::uint8_t {
        services,
        clients,
        episodes,
        prescriptions,
        tops,
        drug_screens,
        risk_profiles,
        ascis,
        events
    };
    CsvWriter& at(File file) { return m_files[file]; }
    void open(const std::filesystem::path& folder);
    void write_manifest(const std::filesystem::path& folder) const;
    void write_services();
    void client_cell(File file);
    void service_cell(File file, std::uint16_t service);
    void staff_cell(File file, char kind, std::uint16_t service, int number);
    void record_cell(File file, char kind, int number);
    void day_cell(File file, OptionalDay day, DateForm form);
    void flag_cell(File file, Flag flag);
    void dose_cell(File file, int tenths);
    void write_client(const ClientRow& row);
    void write_episode(const EpisodeRow& row, int number);
    void write_prescription(const PrescriptionRow& row, int number);
    void write_top(const TopRow& row, int number);
    void write_screen(const ScreenRow& row, int number);
    void write_risk_profile(const RiskProfileRow& row);
    void write_asci(const AsciRow& row, int number);
    void write_event(const EventRow& row);

    const Plan& m_plan;
    Defects m_defects;
    std::vector<CsvWriter> m_files;
    std::string m_client;  ///< the present client's code, without its leading letter
    std::uint64_t m_key;
    Repeats m_repeats;
};

}  // namespace optimat::synth
