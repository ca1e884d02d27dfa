#pragma once
// Extracts that the tests of snapshot and store read: the two data sets of tests/data, and small ones written
// here.

#include "base/temporary_folder.hpp"
#include "intake/definitions.hpp"
#include "intake/extract_reader.hpp"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>

namespace optimat {

inline std::filesystem::path test_data(const std::string& name) {
    return std::filesystem::path(OPTIMAT_SOURCE_DIR) / "tests/data" / name;
}

inline ReadExtract read_for_test(const std::filesystem::path& folder, std::size_t chunks = 4) {
    const Definitions definitions;
    ReadOptions options;
    options.policy = definitions.policy();
    options.inventory_items = definitions.inventory_items();
    options.threads = ThreadCount{2};
    options.chunk_count = chunks;
    return read_usable_extract(folder, options);
}

inline void write_file(const std::filesystem::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
}

/// An extract without clients.
inline void write_empty_extract(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    write_file(folder / "extract.toml",
               "organisation = \"Nobody\"\ncovers_from = \"2017-01-01\"\ncovers_to = \"2017-12-31\"\n");
    write_file(folder / "services.csv", "service_id,name\nS1,One\n");
    write_file(folder / "clients.csv", "client_id\n");
    write_file(folder / "prescriptions.csv", "prescription_id,client_id,service_id,medicine,start_date\n");
}

/// An extract with a row in every table, inventories among them, a client that is not listed, refused rows,
/// and every kind of cell both recorded and not.
inline void write_full_extract(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    write_file(folder / "extract.toml",
               "organisation = \"All tables\"\ncovers_from = \"2017-01-01\"\ncovers_to = \"2017-12-31\"\n");
    write_file(folder / "services.csv",
               "service_id,name,kind,opened\nS1,One,community,2001-02-03\nS2,Two,,\n");
    write_file(folder / "clients.csv",
               "client_id,year_of_birth,sex,in_treatment_since,children_in_household\n"
               "c1,1980,female,2016-12-01,true\nc2,,,,\nc3,1975,male,,false\n");
    write_file(
        folder / "prescriptions.csv",
        "prescription_id,client_id,service_id,prescriber_id,medicine,daily_dose_mg,start_date,end_date,"
        "target_dose_mg,target_date,pharmacy_id\n"
        "p1,c1,S1,D1,methadone,60,2017-01-01,2017-01-31,,,F1\np2,c1,S1,,methadone,62.5,2017-02-01,,0,2017-05-"
        "01,\n"
        "p3,c2,S2,D2,buprenorphine,8,2017-03-01,2017-03-01,,,F2\np4,c9,S7,D2,no such thing,,2017-03-01,,,,\n"
        "p5,c2,S2,D2,methadone,8,2017-02-30,,,,\n");
    write_file(folder / "episodes.csv",
               "episode_id,client_id,service_id,referral_date,presentation_date,start_date,end_date,end_"
               "reason,team\n"
               "e1,c1,S1,2016-11-20,2016-11-25,2016-12-01,,,North\ne2,c3,S2,,,2017-01-05,2017-06-30,died,\n");
    write_file(folder / "tops.csv",
               "top_id,client_id,date,stage,opiate_days,sharing,quality_of_life,other_substance\n"
               "t1,c1,2017-01-01,start,28,true,3,spice\nt2,c1,2017-04-01,review,0,,,\n");
    write_file(folder / "drug_screens.csv", "screen_id,client_id,date,sample,illicit_opioid\nu1,c1,2017-02-"
                                            "01,urine,positive\nu2,c1,2017-02-01,,\n");
    write_file(folder / "risk_profiles.csv",
               "client_id,date,injecting,suicidal_thoughts\nc2,2017-03-01,true,\n");
    const std::string item = Definitions().inventory_items().front();
    write_file(folder / "ascis.csv", "asci_id,client_id,date,completed_by,supervised_before," + item +
                                         "\na1,c1,2017-01-02,K1,true,true\n");
    write_file(folder / "events.csv", "client_id,date,kind,detail,service_id\nc3,2017-06-30,death,,\n"
                                      "c1,2017-05-05,naloxone_supplied,two kits,S1\n");
}

}  // namespace optimat
