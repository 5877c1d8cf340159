#include "cmd/session/command.h"

#include <string.h>

#define CHECK_ABOUT                                                            \
    "Blocks insecure temporary-file calls that are new: those that are in "    \
    "no\n"                                                                     \
    "parent of the commit. Calls that were there before do not block.\n"       \
    "With --pre-push, git's lines are on standard input; without lines, what " \
    "no\n"                                                                     \
    "remote-tracking ref has is new. With --pre-receive, on a server, what\n"  \
    "no ref has. With --ci, what HEAD has and the branch or commit lacks "     \
    "that\n"                                                                   \
    "the build is compared with.\n"
#define SCAN_ABOUT                                                             \
    "Without --tree and --history: the working tree, or the files and "        \
    "folders\n"                                                                \
    "named. '-' reads one file from standard input, called by --stdin-name.\n" \
    "Works outside a repository too.\n"                                        \
    "\n"                                                                       \
    "With --history, each finding comes with the commit that introduced it "   \
    "and\n"                                                                    \
    "the one that removed it. Which commits, is said as to git log: REV, "     \
    "A..B,\n"                                                                  \
    "A...B and ^A, and the options below, which add up; dates and patterns "   \
    "are\n"                                                                    \
    "as git reads them. What these commits introduced or removed is listed; "  \
    "with\n"                                                                   \
    "paths behind '--', only what stood there once. Paths are files and "      \
    "folders,\n"                                                               \
    "relative to the current folder; ':/PATH' is relative to the top,\n"       \
    "':(literal)PATH' may have '*' in it; other pathspecs are refused.\n"
#define INSTALL_ABOUT                                                          \
    "From then on git runs 'tmpguard check' before every commit, merge and\n"  \
    "push. A hook that is there already is kept and runs first. Nothing\n"     \
    "tracked is changed, and without an option that says so nothing outside\n" \
    "the repository. To install again changes nothing, or repairs.\n"
#define UNINSTALL_ABOUT                                                        \
    "Puts everything back as it was before 'tmpguard install'. What was\n"     \
    "changed since is left alone and named.\n"
#define STATUS_ABOUT                                                           \
    "A quick look, for scripts: exit code 0 if the gate is here as it was "    \
    "installed,\n"                                                             \
    "git would run it, and the policy can be read; 1 if not. It looks where "  \
    "it is\n"                                                                  \
    "called, with the git in PATH, and runs no hook. Where it says 1, doctor " \
    "does,\n"                                                                  \
    "too, with the repair.\n"
#define DOCTOR_ABOUT                                                           \
    "Looks at the hooks and the policy of this repository with every git of "  \
    "the\n"                                                                    \
    "machine and in every worktree, and names each reason why tmpguard is "    \
    "not as it\n"                                                              \
    "was installed, or would not run, with its repair, a command to paste: "   \
    "exit code 0\n"                                                            \
    "if there is none, 1 if there is one. Nothing is written.\n"               \
    "The proof is a canary: git runs the hooks, and tmpguard in them only "    \
    "says\n"                                                                   \
    "that it runs, and fails. Hooks that 'tmpguard install' kept do not "      \
    "run,\n"                                                                   \
    "but those of a hook manager or in a hook of somebody else's do; they "    \
    "find\n"                                                                   \
    "nothing staged. --no-canary runs nothing.\n"
#define COVERAGE_ABOUT                                                         \
    "Lists the commits whose tree the hooks of this clone never let pass, "    \
    "with a\n"                                                                 \
    "summary by author; of HEAD, or of the revisions named: exit code 0 if "   \
    "there is\n"                                                               \
    "none, 1 if there are some. They were made where the hooks do not run, "   \
    "past\n"                                                                   \
    "them, or by what runs no hooks (a rebase, a cherry-pick, other clients, " \
    "a\n"                                                                      \
    "web page). What other clones let pass counts with --approved.\n"
#define CACHE_ABOUT                                                            \
    "stats shows the cache, verify reads all of it and drops what decayed "    \
    "(exit\n"                                                                  \
    "code 1 if something had), gc drops what other versions wrote, clear "     \
    "deletes its\n"                                                            \
    "files. The cache only saves time: without it every verdict is the "       \
    "same.\n"

#define DAEMON_ABOUT                                                           \
    "start has one in the background, stop ends it, status says whether it "   \
    "runs\n"                                                                   \
    "(exit code 1: it does not); run is one in the foreground. It only saves " \
    "time:\n"                                                                  \
    "without it every verdict is the same. It ends by itself after 15 "        \
    "minutes in\n"                                                             \
    "which nobody asked. To have none: git config --global "                   \
    "hooks.tmpguard.daemon\n"                                                  \
    "off, or TMPGUARD_NO_DAEMON=1 in the environment.\n"

#define CONFIG_ABOUT                                                           \
    "What a commit here would be judged by: git's settings "                   \
    "hooks.tmpguard.KEY, and\n"                                                \
    ".tmpguard at the top of the tree, staged and in HEAD. With a KEY, its "   \
    "value\n"                                                                  \
    "alone. What has no effect is listed, with the reason.\n"

#define FIX_ABOUT                                                              \
    "Repairs the calls that can be repaired with certainty, in the files of "  \
    "the\n"                                                                    \
    "working tree; of each other one it says why not. With --unsafe also "     \
    "those\n"                                                                  \
    "where something else may change, which is said. What comes of a file "    \
    "is\n"                                                                     \
    "analysed before it is written. Files with changes that are not staged "   \
    "are\n"                                                                    \
    "left alone without --allow-dirty; nothing is staged. Exit code 0: no\n"   \
    "finding is left.\n"

#define LSP_ABOUT                                                              \
    "A language server (LSP 3.17) on standard input and output: an editor "    \
    "starts it.\n"                                                             \
    "It shows the findings of an open file as 'tmpguard scan FILE' would, by " \
    "the policy\n"                                                             \
    "of its repository, and offers the repairs of 'tmpguard fix' and the "     \
    "comment that\n"                                                           \
    "excuses. A file that cannot be looked at has a diagnostic that says "     \
    "so.\n"                                                                    \
    "Exit code 0 after 'shutdown' and 'exit', 1 if the editor goes without "   \
    "or what it\n"                                                             \
    "says is no message.\n"

#define BASELINE_ABOUT                                                         \
    "create writes every finding of the tree into a file, .tmpguard-baseline " \
    "at its\n"                                                                 \
    "top; 'scan --baseline' does not block on those. update makes it what is " \
    "there\n"                                                                  \
    "now, and refuses to add anything without --allow-growth; prune only "     \
    "takes out\n"                                                              \
    "what is gone. 'check' knows no baseline: what is introduced blocks.\n"

static const struct command commands[] = {
    { "check", cmd_check, OPTION_CHECK,
      "[--staged | --range A..B | --commit C | --pre-push | --pre-receive | "
      "--ci]",
      "stop what a commit would introduce", CHECK_ABOUT },
    { "scan", cmd_scan, OPTION_SCAN,
      "[PATH… | - | --tree REV | --history [REV-RANGE…] [-- PATH…]]",
      "list every finding of a tree, or of all history", SCAN_ABOUT },
    { "fix", cmd_fix, OPTION_FIX, "[PATH…]",
      "repair the calls that can be repaired with certainty", FIX_ABOUT },
    { "lsp", cmd_lsp, OPTION_LSP, "",
      "show findings and repairs in an editor, as they are typed", LSP_ABOUT },
    { "install", cmd_install, OPTION_INSTALL, "",
      "put the hooks where git looks for them", INSTALL_ABOUT },
    { "uninstall", cmd_uninstall, OPTION_UNINSTALL, "",
      "take the hooks out again", UNINSTALL_ABOUT },
    { "status", cmd_status, OPTION_STATUS, "",
      "is it installed here, and would git run it", STATUS_ABOUT },
    { "config", cmd_config, OPTION_CONFIG, "[KEY]",
      "show the policy, and where each value comes from", CONFIG_ABOUT },
    { "doctor", cmd_doctor, OPTION_DOCTOR, "", "prove that the hooks fire",
      DOCTOR_ABOUT },
    { "baseline", cmd_baseline, OPTION_BASELINE, "create|update|prune [FILE]",
      "list what is known, for 'scan --baseline'", BASELINE_ABOUT },
    { "coverage", cmd_coverage, OPTION_COVERAGE, "[REV-RANGE…]",
      "which commits never passed the hooks", COVERAGE_ABOUT },
    { "daemon", cmd_daemon, OPTION_DAEMON, "run|start|stop|status",
      "the background process that keeps the gate warm", DAEMON_ABOUT },
    { "cache", cmd_cache, OPTION_CACHE, "stats|verify|gc|clear",
      "look at the result cache, check it, or delete it", CACHE_ABOUT },
    { "explain", cmd_explain, OPTION_EXPLAIN, "[RULE]",
      "the rule in words, with the secure replacement", NULL },
    { "version", cmd_version, OPTION_VERSION, "", "print the version", NULL },
    { "help", cmd_help, OPTION_HELP, "[COMMAND]", "print the help", NULL },
};

const struct command *command_table(size_t *count)
{
    *count = sizeof(commands) / sizeof(*commands);
    return commands;
}

const struct command *command_find(const char *name)
{
    for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}
