#include "extract_files.hpp"

#include "random_draws.hpp"

namespace optimat::bench {

std::size_t Sheet::close() {
    if (m_order == RowOrder::shuffled)
        write_shuffled();
    else
        flush();
    m_file.close();
    return m_rows;
}

void Sheet::flush() {
    m_file << m_text;
    m_text.clear();
}

void Sheet::write_shuffled() {
    Random random(m_rows);
    for (std::size_t i = m_starts.size(); i > 1; --i)
        std::swap(m_starts[i - 1], m_starts[random.next() % i]);
    for (const std::size_t start : m_starts) {
        const std::size_t length = m_text.find('\n', start) + 1 - start;
        m_file.write(m_text.data() + start, static_cast<std::streamsize>(length));
    }
}

ExtractFiles::ExtractFiles(const std::filesystem::path& folder, RowOrder order)
    : clients(folder / "clients.csv", "client_id,year_of_birth,sex,in_treatment_since", order),
      episodes(
          folder / "episodes.csv",
          "episode_id,client_id,service_id,referral_date,presentation_date,start_date,end_date,end_reason,"
          "opiate_client,on_mat_at_start",
          order),
      prescriptions(
          folder / "prescriptions.csv",
          "prescription_id,client_id,service_id,prescriber_id,medicine,daily_dose_mg,start_date,end_date,"
          "regime,target_dose_mg,target_date,plan_start,collection,pharmacy_id",
          order),
      tops(folder / "tops.csv",
           "top_id,client_id,date,stage,setting,alcohol_days,opiate_days,crack_days,injecting_days,"
           "psychological_health,physical_health,quality_of_life",
           order),
      screens(folder / "drug_screens.csv",
              "screen_id,client_id,date,sample,setting,illicit_opioid,fentanyl_or_nitazene,cocaine", order),
      events(folder / "events.csv", "client_id,date,kind,detail", order) {}

std::size_t ExtractFiles::close() {
    return clients.close() + episodes.close() + prescriptions.close() + tops.close() + screens.close() +
           events.close();
}

}  // namespace optimat::bench
