-- Neovim as a client of `tmpguard lsp` ($TMPGUARD): nvim --headless --clean -c 'luafile editor.lua', in an empty folder.
local function fail(what)
    io.stderr:write("editor.lua: " .. what .. "\n" .. vim.inspect(vim.diagnostic.get(0)) .. "\n")
    vim.cmd("cquit 1")
end

local function wait(what, holds)
    if not vim.wait(20000, holds, 20) then fail(what) end
end

local function lines()
    return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), "\n")
end

local function count(wanted)
    return function() return #vim.diagnostic.get(0) == wanted end
end

-- What can be done where the cursor is, by the beginning of its title.
local function action(client, title)
    vim.api.nvim_win_set_cursor(0, { vim.diagnostic.get(0)[1].lnum + 1, 0 })
    local params = vim.lsp.util.make_range_params(0, client.offset_encoding)
    params.context = { diagnostics = {} }
    local answers = vim.lsp.buf_request_sync(0, "textDocument/codeAction", params, 20000)
    for _, answer in pairs(answers or {}) do
        for _, offered in ipairs(answer.result or {}) do
            if vim.startswith(offered.title, title) then
                vim.lsp.util.apply_workspace_edit(offered.edit, client.offset_encoding)
                return
            end
        end
    end
    fail("no action " .. title .. ": " .. vim.inspect(answers))
end

local before = { "import tempfile", "", "s = '\u{1f600}\u{e4}'; p = tempfile.mktemp()", "with open(p, 'w') as f:", "    f.write('x')" }
local after = { "import os", "import tempfile", "", "s = '\u{1f600}\u{e4}'; fd, p = tempfile.mkstemp()",
    "with os.fdopen(fd, 'w') as f:", "    f.write('x')" }
vim.fn.writefile(before, "edited.py")
vim.cmd("edit edited.py")
vim.bo.filetype = "python"
local id
if vim.lsp.start then
    id = vim.lsp.start({ name = "tmpguard", cmd = { vim.env.TMPGUARD, "lsp" }, root_dir = vim.fn.getcwd() })
else
    id = vim.lsp.start_client({ name = "tmpguard", cmd = { vim.env.TMPGUARD, "lsp" }, root_dir = vim.fn.getcwd() })
    vim.lsp.buf_attach_client(0, id)
end
wait("no finding", count(1))
local found = vim.diagnostic.get(0)[1]
if found.lnum ~= 2 or found.severity ~= vim.diagnostic.severity.ERROR or found.source ~= "tmpguard" or
    vim.fn.strpart(vim.fn.getline(3), found.col, found.end_col - found.col) ~= "tempfile.mktemp()" then
    fail("another finding")
end

local client = vim.lsp.get_client_by_id(id)
action(client, "Repair: ")
if lines() ~= table.concat(after, "\n") then fail("another repair:\n" .. lines()) end
wait("it is still there", count(0))

vim.api.nvim_buf_set_lines(0, -1, -1, true, { "q = tempfile.mktemp()" })
wait("what is typed is not found", count(1))
action(client, "Excuse it by a comment")
if not vim.endswith(lines(), "q = tempfile.mktemp()  # tmpguard: ignore[py/insecure-temporary-file]") then
    fail("another comment:\n" .. lines())
end
wait("it is not excused", count(0))

vim.cmd("write")
vim.lsp.stop_client(id)
wait("it does not end", function() return vim.lsp.get_client_by_id(id) == nil or client.is_stopped() end)
print("an editor shows, repairs and excuses")
vim.cmd("quitall!")
