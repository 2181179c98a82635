#pragma once
// For tests: a folder that goes away, and the output of the independent programs that check what we make.
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace yimen::document {

class TemporaryFolder {
 public:
  TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  ~TemporaryFolder();
  // The path of a file in it, written.
  std::string write(const std::string& name, std::string_view bytes) const;
  std::string path(const std::string& name) const { return (folder_ / name).string(); }

 private:
  std::filesystem::path folder_;
};

std::string read_file(const std::string& path);
// What a program prints on standard output. Throws when it cannot be started.
std::string output(const std::vector<std::string>& command);

}  // namespace yimen::document
