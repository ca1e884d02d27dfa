#include "web/upload_sink.hpp"

#include "http/multipart.hpp"
#include "store/uploads.hpp"
#include "web/data_work.hpp"
#include "web/site.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <unistd.h>
#include <utility>

namespace optimat {

namespace {

constexpr std::size_t longest_token = 200, longest_name = 100;
constexpr std::int64_t told_every = 4 << 20;  ///< bytes

[[noreturn]] void refuse_disk(int error) {
    if (error == ENOSPC || error == EDQUOT)
        throw HttpError(503, "The disk of the server is full, so the files could not be kept. Ask the people "
                             "who run the server for "
                             "room; nothing of what you sent is left behind.");
    throw HttpError(500, "The server could not write the files into its uploads folder. Ask the people who "
                         "run the server to look "
                         "at the rights of that folder.");
}

/// One file that is being written.
class OpenFile {
  public:
    ~OpenFile() { close(); }
    void open(const std::filesystem::path& file) {
        m_descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (m_descriptor < 0 && errno == EEXIST)
            throw HttpError(422, "Two of the files have the same name. Send each file once.");
        if (m_descriptor < 0) refuse_disk(errno);
    }
    bool is_open() const { return m_descriptor >= 0; }
    void write(std::string_view bytes) const {
        while (!bytes.empty()) {
            const ssize_t written = ::write(m_descriptor, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) refuse_disk(errno);
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
    }
    /// On disk when it returns: some file systems tell only now that there is no room. Throws HttpError.
    void finish() {
        if (m_descriptor < 0) return;
        const bool written = ::fsync(m_descriptor) == 0;
        const int problem = errno;
        const bool closed = ::close(std::exchange(m_descriptor, -1)) == 0;
        if (!written) refuse_disk(problem);
        if (!closed) refuse_disk(errno);
    }
    void close() {
        if (m_descriptor >= 0) ::close(m_descriptor);
        m_descriptor = -1;
    }

  private:
    int m_descriptor = -1;
};

bool is_plain_name(std::string_view name) {
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("._-() ").find(c) != std::string_view::npos;
    };
    return !name.empty() && name.size() <= longest_name && name.front() != '.' &&
           std::ranges::all_of(name, plain);
}

std::string lower_case_end(std::string_view name) {
    std::string end(name.substr(std::min(name.rfind('.'), name.size())));
    for (char& c : end)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return end;
}

class UploadSink final : public BodySink {
    /// BodySink and PartReceiver each have a take: the parts come through this one.
    class Parts final : public PartReceiver {
      public:
        explicit Parts(UploadSink& sink) : m_sink(sink) {}
        void begin(const Part& part) override { m_sink.begin_part(part); }
        void take(std::string_view bytes) override { m_sink.take_part(bytes); }
        void end() override { m_sink.end_part(); }

      private:
        UploadSink& m_sink;
    };

  public:
    explicit UploadSink(Context& context)
        : m_site(context.site),
          m_audit(context.audit),
          m_token(context.csrf_token()),
          m_user(context.user().user.number),
          m_parser(context.request.header("content-type").value_or(""), m_parts) {
        const std::string_view length = context.request.header("content-length").value_or("");
        std::from_chars(length.data(), length.data() + length.size(), m_expected);
    }

    ~UploadSink() override {
        if (m_finished) return;
        m_file.close();
        // Where the store cannot be reached, DataWork::clear_away tells of the upload and removes its files
        // later.
        try {
            if (m_upload) break_off();
        } catch (const std::exception&) {
        }
        try {
            if (m_token_is_right) record(AuditOutcome::failed);
        } catch (const std::exception&) {
        }
    }

    void take(std::string_view piece) override {
        m_parser.take(piece);
        m_taken += static_cast<std::int64_t>(piece.size());
        if (m_upload && m_taken - m_upload->bytes >= told_every) tell();
    }

    Response finish() override {
        m_parser.finish();
        if (!m_token_is_right) refuse_token();
        if (!m_upload)
            throw HttpError(422, "No file came. Choose the extract as one zip, or all of its files: "
                                 "extract.toml and the CSV files.");
        begin_check();
        m_site.data_work().begin(m_upload->reference);
        return see_other("/data/uploads/" + m_upload->reference);
    }

  private:
    enum class Taking : std::uint8_t { nothing, token, file };

    void begin_part(const Part& part) {
        if (!m_token_is_right) {
            if (part.name != "csrf_token" || part.filename) refuse_token();
            m_taking = Taking::token;
        } else if (part.filename && !part.filename->empty()) {
            begin_file(*part.filename);
        } else {
            m_taking = Taking::nothing;
        }
    }

    void take_part(std::string_view bytes) {
        if (m_taking == Taking::file) m_file.write(bytes);
        if (m_taking != Taking::token) return;
        m_token_sent += bytes;
        if (m_token_sent.size() > longest_token) refuse_token();
    }

    void end_part() {
        if (m_taking == Taking::token) check_token();
        m_file.finish();
        m_taking = Taking::nothing;
    }

    void check_token() {
        m_token_is_right = m_token_sent.size() == m_token.size() &&
                           sodium_memcmp(m_token_sent.data(), m_token.data(), m_token.size()) == 0;
        if (!m_token_is_right) refuse_token();
    }

    [[noreturn]] void refuse_token() {
        record(AuditOutcome::refused);
        m_finished = true;
        throw HttpError(403, "This form is too old, or your session has ended. Go back, load the page again "
                             "and send the files once more.");
    }

    void begin_file(const std::string& name) {
        const std::string end = lower_case_end(name);
        if (end != ".zip" && end != ".csv" && end != ".toml") {
            m_taking = Taking::nothing;  // such as a note that lies beside the files
            return;
        }
        if (!is_plain_name(name))
            throw HttpError(422, "A file has a name that Optimat does not take. Use letters, digits, dots "
                                 "and dashes, as in prescriptions.csv.");
        if (m_zip || (end == ".zip" && m_upload))
            throw HttpError(422, "Send either one zip or the files themselves, not both.");
        if (!m_upload) begin_upload();
        m_zip = end == ".zip";
        m_file.open(m_zip ? m_site.data_work().folder_of(m_upload->reference) / "sent.zip"
                          : std::filesystem::path(m_upload->folder) / name);
        m_taking = Taking::file;
    }

    void begin_upload() {
        Upload upload;
        upload.user = m_user;
        upload.changed_at = m_site.options().clock();
        upload.begun_at = utc_text(upload.changed_at);
        upload.bytes_expected = m_expected;
        upload.source = "sent";
        upload.process = m_site.data_work().process();
        {
            const auto lease = m_site.stores().lease();
            Transaction transaction(lease.database(), Transaction::Kind::write);
            upload = add_upload(lease.database(), upload);
            transaction.commit();
        }
        m_upload = upload;
        std::error_code error;
        m_upload->folder = (m_site.data_work().folder_of(upload.reference) / "extract").string();
        std::filesystem::create_directories(m_upload->folder, error);
        if (!error)
            std::filesystem::permissions(m_site.data_work().folder_of(upload.reference),
                                         std::filesystem::perms::owner_all, error);
        if (error) refuse_disk(error.value());
        tell();
    }

    void tell() {
        m_upload->bytes = m_taken;
        save(UploadStage::receiving);
    }

    void save(UploadStage stage) {
        const auto lease = m_site.stores().lease();
        Transaction transaction(lease.database(), Transaction::Kind::write);
        write(lease.database(), stage);
        transaction.commit();
    }

    void write(Database& database, UploadStage stage) {
        m_upload->stage = stage;
        m_upload->changed_at = m_site.options().clock();
        if (!change_upload(database, *m_upload, UploadStage::receiving))
            throw HttpError(409, "The upload was broken off by the server. Send the files again.");
    }

    void begin_check() {
        const auto lease = m_site.stores().lease();
        Transaction transaction(lease.database(), Transaction::Kind::write);
        m_upload->bytes = m_taken;
        write(lease.database(), UploadStage::checking);
        m_audit.subject = m_upload->reference;
        m_audit.detail = fmt::format("{} bytes", m_taken);
        record_audit(lease.database(), m_audit);
        transaction.commit();
        m_finished = true;
    }

    void break_off() {
        m_site.data_work().remove_files(*m_upload);
        m_upload->message = "Not everything came: the connection was cut, or the form could not be taken. "
                            "Nothing of it was kept. Send it again.";
        m_upload->process.clear();
        save(UploadStage::failed);
    }

    void record(AuditOutcome outcome) {
        const auto lease = m_site.stores().lease();
        Transaction transaction(lease.database(), Transaction::Kind::write);
        m_audit.outcome = outcome;
        if (m_upload) m_audit.subject = m_upload->reference;
        record_audit(lease.database(), m_audit);
        transaction.commit();
    }

    Site& m_site;
    AuditEntry m_audit;
    std::string m_token, m_token_sent;
    std::int64_t m_user = 0, m_expected = 0, m_taken = 0;
    bool m_token_is_right = false, m_zip = false, m_finished = false;
    Taking m_taking = Taking::nothing;
    std::optional<Upload> m_upload;
    OpenFile m_file;
    Parts m_parts{*this};
    MultipartParser m_parser;
};

}  // namespace

std::unique_ptr<BodySink> upload_sink(Context& context) { return std::make_unique<UploadSink>(context); }

}  // namespace optimat
