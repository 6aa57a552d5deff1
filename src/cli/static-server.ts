import { readdirSync, readFileSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { extname, join, sep } from "node:path";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
};

/**
 * A server of a folder's files as they are now, and of nothing else: an address is looked up among them, and no path is
 * made of it.
 */
export function staticServer(folder: string): Server {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = new Map(
    names
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((name) => [`/${name.replaceAll(sep, "/")}`, readFileSync(join(folder, name))]),
  );
  return createServer(({ method, url = "/" }, response) => {
    const [path] = url.split(/[?#]/);
    const name = path === "/" ? "/index.html" : path;
    const content = files.get(name);
    if (method !== "GET" && method !== "HEAD") response.writeHead(405, { allow: "GET, HEAD" }).end();
    else if (content === undefined) response.writeHead(404).end();
    else {
      const type = types[extname(name)] ?? "application/octet-stream";
      response.writeHead(200, { "content-type": type, "content-length": content.length, "cache-control": "no-cache" });
      response.end(method === "HEAD" ? undefined : content);
    }
  });
}
