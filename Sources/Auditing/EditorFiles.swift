/// Files of editors that start programs, or take away questions, when somebody opens the folder.
///
/// From reports about IDEsaster, CVE-2025-53773 and the tasks of Contagious Interview.
package enum EditorFiles {
  /// Globs from the root.
  package static let patterns = [
    ".vscode/settings.json", ".vscode/tasks.json", ".vscode/launch.json", ".vscode/mcp.json", "*.code-workspace", ".devcontainer/devcontainer.json",
    ".devcontainer.json",
    ".mcp.json", "mcp.json",
  ]
}
