#pragma once

// A small extract written out by hand in a test, in a folder of its own that goes with it.

#include <filesystem>
#include <fstream>
#include <random>
#include <string>

namespace optimat::reference {

class ExtractFolder {
  public:
    ExtractFolder() : m_path(std::filesystem::temp_directory_path() / ("optimat_reference_" + unique())) {
        std::filesystem::create_directories(m_path);
        write("extract.toml",
              "organisation = \"Test\"\ncovers_from = \"2019-01-01\"\ncovers_to = \"2020-12-31\"\n");
        write("services.csv", "service_id,name,region\nS1,One,North\nS2,Two,\n");
        write("clients.csv", "client_id\nC1\n");
        prescriptions("");
    }
    ~ExtractFolder() { std::filesystem::remove_all(m_path); }
    ExtractFolder(const ExtractFolder&) = delete;
    ExtractFolder& operator=(const ExtractFolder&) = delete;

    const std::filesystem::path& path() const { return m_path; }

    void write(const std::string& name, const std::string& content) {
        std::ofstream(m_path / name, std::ios::binary) << content;
    }

    void prescriptions(const std::string& rows) {
        write("prescriptions.csv",
              "prescription_id,client_id,service_id,medicine,daily_dose_mg,start_date,end_date,regime,"
              "target_dose_mg,target_date,plan_start\n" +
                  rows);
    }
    void tops(const std::string& rows) {
        write("tops.csv", "top_id,client_id,date,stage,setting,opiate_days\n" + rows);
    }
    void screens(const std::string& rows) {
        write("drug_screens.csv",
              "screen_id,client_id,date,setting,illicit_opioid,fentanyl_or_nitazene\n" + rows);
    }
    void episodes(const std::string& rows) {
        write("episodes.csv",
              "episode_id,client_id,service_id,start_date,end_date,end_reason,on_mat_at_start\n" + rows);
    }
    void events(const std::string& rows) { write("events.csv", "client_id,date,kind\n" + rows); }

  private:
    static std::string unique() {
        return std::to_string(std::random_device{}()) + std::to_string(std::random_device{}());
    }

    std::filesystem::path m_path;
};

}  // namespace optimat::reference
