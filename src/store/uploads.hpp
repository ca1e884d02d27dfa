#pragma once
// Extracts that are on their way in: sent by a browser or found in a folder, then checked, then imported. The
// store knows how far each is; the files lie in a folder of the server until they are imported or given up.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace optimat {

class Database;

/// Stored by its text.
enum class UploadStage : std::uint8_t {
    receiving,
    checking,
    checked,
    importing,
    imported,
    refused,
    failed,
    given_up
};
std::string_view text_of(UploadStage stage);

struct Upload {
    std::string reference;  ///< opaque, in URLs
    std::int64_t user = 0;
    std::string begun_at;         ///< UTC
    std::int64_t changed_at = 0;  ///< seconds since 1970: of the last step forward
    UploadStage stage = UploadStage::receiving;
    std::int64_t bytes = 0, bytes_expected = 0;  ///< expected 0: not known
    std::int64_t done = 0, all = 0;              ///< of the step under way
    std::string source;                          ///< `sent` or `folder`
    std::string folder;                          ///< of the files
    std::string message;                         ///< why it was refused or failed; empty otherwise
    std::string report;                          ///< the check report as JSON; empty until checked
    std::string snapshot_id;                     ///< once imported
    std::string process;                         ///< which server process works on it
};
Upload add_upload(Database& database, const Upload& upload);
std::optional<Upload> find_upload(Database& database, std::string_view reference);
std::vector<Upload> list_uploads(Database& database, int most);  ///< newest first
/// Writes all but reference, user and begun_at, when the stage stored is still `was`; returns whether it was.
bool change_upload(Database& database, const Upload& upload, UploadStage was);

}  // namespace optimat
