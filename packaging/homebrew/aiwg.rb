# A formula for Homebrew, without the version: packaging/formula.sh writes that, and the address and digest of the source.
class Aiwg < Formula
  desc "One tree of AI context, rendered into the files that coding platforms read"
  homepage "@HOMEPAGE@"
  url "@URL@"
  version "@VERSION@"
  sha256 "@SHA256@"
  license "MIT"

  depends_on "pkgconf" => :build
  depends_on "libyaml"

  # Swift 6.3 is that of Xcode there, and of Homebrew elsewhere.
  uses_from_macos "swift" => :build

  def install
    # Homebrew's own sandbox is around the build already, and one does not fit into another.
    # Its libyaml is a shared one, and its users' C library is their system's.
    swift_flags = OS.linux? ? "--static-swift-stdlib" : ""
    system "make", "install", "PREFIX=#{prefix}", "STATIC=--disable-sandbox #{swift_flags}"
    # Homebrew's shells look for these elsewhere.
    bash_completion.install share/"bash-completion/completions/aiwg" if (share/"bash-completion/completions/aiwg").exist?
    fish_completion.install share/"fish/vendor_completions.d/aiwg.fish" if (share/"fish/vendor_completions.d/aiwg.fish").exist?
  end

  test do
    assert_equal version.to_s, shell_output("#{bin}/aiwg --version").strip
    system bin/"aiwg", "deploy", "--platforms", "codex", "--target", testpath
    system bin/"aiwg", "check", "--target", testpath
  end
end
