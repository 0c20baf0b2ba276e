-- Comments for wrk: each with a key of its own, so that none is taken for another.
local thread_count = 0
function setup(thread) thread_count = thread_count + 1; thread:set("id", thread_count) end
local texts = {"きれいな糸で、届くのも早かったです。また、お願いします。", "写真より色が少し暗く感じましたが、作りはとてもていねいでした。", "子どもの入学式に使いました。みんなにほめられました。ありがとうございます。"}
function init(args) counter = 0; math.randomseed(os.time() + id) ; run = math.random(1, 1000000000) end
function request()
  counter = counter + 1
  local body = '{"name":"はる","text":"' .. texts[counter % 3 + 1] .. counter .. '"}'
  return wrk.format("POST", "/v1/threads/page/comments", {["Content-Type"]="application/json", ["Idempotency-Key"]=run .. "-" .. id .. "-" .. counter}, body)
end
