// SPDX-License-Identifier: Apache-2.0
package io.sockeye.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sockeye.api.StaticContent;
import io.sockeye.internal.transport.IncomingBudget;
import io.sockeye.internal.transport.Refusals;
import io.sockeye.testing.RawHttpClient;
import io.sockeye.testing.RawHttpClient.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StaticFilesTest {
    private static final String SECRET = "secret";

    private Path site;
    private RouterServer server;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        site = Files.createDirectories(temporary.resolve("site"));
        Files.createDirectories(site.resolve("folder/deep"));
        Files.createDirectories(site.resolve("empty"));
        Files.createDirectories(site.resolve(".well-known"));
        Files.createDirectories(site.resolve(".git"));
        write(site.resolve("index.html"), "<h1>site</h1>");
        write(site.resolve("folder/index.html"), "<h1>folder</h1>");
        write(site.resolve("folder/deep/a b ü.txt"), "deep");
        write(site.resolve("app.js"), "app");
        write(site.resolve(".well-known/security.txt"), "contact");
        write(site.resolve(".git/config"), SECRET);
        write(site.resolve(".env"), SECRET);
        write(temporary.resolve("secret.txt"), SECRET);
        write(Files.createDirectories(temporary.resolve("site-backup")).resolve("old.txt"), SECRET);
        Files.createSymbolicLink(site.resolve("outside.txt"), temporary.resolve("secret.txt"));
        Files.createSymbolicLink(site.resolve("outside"), temporary);
        Files.createSymbolicLink(site.resolve("sibling"), temporary.resolve("site-backup"));
        Files.createSymbolicLink(site.resolve("inside.txt"), site.resolve("app.js"));
        server = new RouterServer(router -> {
            router.files("/site", StaticContent.directory(site));
            router.files(
                    "/classes",
                    StaticContent.classPath(StaticFilesTest.class, "/static-site")
                            .fallbackToIndex());
            router.files("/", StaticContent.directory(site).fallbackToIndex());
        });
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static void write(Path file, String text) throws Exception {
        Files.writeString(file, text);
    }

    private Response get(String target, String... fields) throws Exception {
        try (RawHttpClient client = RawHttpClient.connect(server.address())) {
            return client.request("GET", target, fields).read();
        }
    }

    // ---- finding

    @ParameterizedTest
    @CsvSource({
        "/, <h1>site</h1>",
        "/index.html, <h1>site</h1>",
        "/site/, <h1>site</h1>",
        "/site/app.js?v=1, app",
        "/app.js, app",
        "/folder/, <h1>folder</h1>",
        "/folder/deep/a%20b%20%C3%BC.txt, deep",
        "/%61pp.js, app",
        "/inside.txt, app",
        "/.well-known/security.txt, contact",
        "/classes/, <!doctype html><title>class path</title>",
        "/classes/assets/index-B3k2x9aQ.js, console.log(\"hi\");",
        "/classes/sub/page.txt, sub"
    })
    void filesAreFound(String target, String body) throws Exception {
        Response response = get(target);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/missing.js",
                "/site/missing",
                "/empty/",
                "/site/empty",
                "/app.js/",
                "/app.js/more",
                "/site/APP.JS",
                "/classes/missing.js",
                "/classes/sub",
                "/classes/sub/",
                "/classes/assets",
            })
    void whatIsNotThereIsNotFound(String target) throws Exception {
        assertThat(get(target).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"/site, /site/", "/site?a=b, /site/?a=b", "/folder, /folder/", "/folder?q, /folder/?q"})
    void aFolderIsAskedForWithASlash(String target, String location) throws Exception {
        Response response = get(target);
        assertThat(response.status()).isEqualTo(308);
        assertThat(response.header("location")).isEqualTo(location);
    }

    @Test
    void pagesWithoutAFileFallBackToTheIndex() throws Exception {
        assertThat(get("/rooms/lobby", "Accept: text/html,*/*").body()).isEqualTo("<h1>site</h1>");
        assertThat(get("/classes/rooms/", "Accept: text/html").body()).contains("class path");
        assertThat(get("/rooms/lobby", "Accept: application/json").status()).isEqualTo(404);
        assertThat(get("/rooms/lobby.js", "Accept: text/html").status()).isEqualTo(404);
        assertThat(get("/rooms/../lobby", "Accept: text/html").status()).isEqualTo(404);
    }

    @Test
    void onlyReadingIsAllowed() throws Exception {
        try (RawHttpClient client = RawHttpClient.connect(server.address())) {
            Response refused = client.request("POST", "/app.js").read();
            assertThat(refused.status()).isEqualTo(405);
            assertThat(refused.header("allow")).isEqualTo("GET, HEAD");
            Response head = client.request("HEAD", "/app.js").readHead();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("content-length")).isEqualTo("3");
            assertThat(client.request("GET", "/app.js").read().body()).isEqualTo("app");
        }
    }

    @Test
    void rangesAreNotSupported() throws Exception {
        Response response = get("/app.js", "Range: bytes=0-1");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("app");
    }

    // ---- staying inside

    static Stream<Arguments> escapes() {
        return Stream.of(
                arguments("dots", "/site/../secret.txt"),
                arguments("many dots", "/site/../../../../../../etc/passwd"),
                arguments("encoded dots", "/site/%2e%2e/secret.txt"),
                arguments("half encoded dots", "/site/.%2e/secret.txt"),
                arguments("encoded slashes", "/site/..%2fsecret.txt"),
                arguments("all encoded", "/site/%2e%2e%2fsecret.txt"),
                arguments("doubly encoded dots", "/site/%252e%252e/secret.txt"),
                arguments("doubly encoded slash", "/site/..%252fsecret.txt"),
                arguments("overlong dots", "/site/%c0%ae%c0%ae/secret.txt"),
                arguments("overlong slash", "/site/..%c0%afsecret.txt"),
                arguments("backslash", "/site/..\\secret.txt"),
                arguments("encoded backslash", "/site/..%5csecret.txt"),
                arguments("dots inside", "/site/folder/../../secret.txt"),
                arguments("one dot", "/site/./app.js"),
                arguments("dots that stay inside", "/site/folder/../app.js"),
                arguments("dots at the end", "/site/folder/.."),
                arguments("dots with a parameter", "/site/..;/secret.txt"),
                arguments("three dots", "/site/.../secret.txt"),
                arguments("NUL", "/site/app.js%00.txt"),
                arguments("NUL in the name", "/site/%00"),
                arguments("line break", "/site/app.js%0a"),
                arguments("an absolute path", "/site//etc/passwd"),
                arguments("an encoded absolute path", "/site/%2fetc/passwd"),
                arguments("an absolute path at the root", "//etc/passwd"),
                arguments("a drive", "/site/c:/windows/win.ini"),
                arguments("a stream of a file", "/site/app.js::$DATA"),
                arguments("a file address", "/site/file:///etc/passwd"),
                arguments("a hidden file", "/site/.env"),
                arguments("a hidden folder", "/site/.git/config"),
                arguments("a link to a file outside", "/site/outside.txt"),
                arguments("a link to a folder outside", "/site/outside/secret.txt"),
                arguments("a link to a folder with a similar name", "/site/sibling/old.txt"),
                arguments("a long name", "/site/" + "a".repeat(2_000)),
                arguments("a class", "/classes/../io/sockeye/internal/http/HttpRouter.class"),
                arguments("an encoded way to a class", "/classes/%2e%2e/outside-site.txt"),
                arguments("a doubly encoded way", "/classes/%252e%252e/outside-site.txt"),
                arguments("a resource outside", "/classes/../outside-site.txt"),
                arguments("an absolute resource", "/classes//outside-site.txt"),
                arguments("a backslash to a resource", "/classes/..%5coutside-site.txt"),
                arguments("a folder of resources", "/classes/sub/."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("escapes")
    void nothingOutsideIsServed(String name, String target) throws Exception {
        Response response = get(target);
        assertThat(response.status()).isIn(404, 400);
        assertThat(response.body()).doesNotContain(SECRET);
    }

    @Test
    void theWholeClassPathIsNotServed() {
        HttpRouter router = new HttpRouter(Runnable::run, IncomingBudget.UNLIMITED, new Refusals());
        for (String root : new String[] {"", "/", "//", "/..", "/web/../.."}) {
            StaticContent content = StaticContent.classPath(StaticFilesTest.class, root);
            assertThatThrownBy(() -> router.files("/x", content)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void resourcesOfAnArchiveAreServedButNotItsFolders(@TempDir Path directory) throws Exception {
        Path archive = directory.resolve("site.jar");
        String anchorFile = Anchor.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(archive));
                InputStream anchor = Anchor.class.getResourceAsStream("/" + anchorFile)) {
            add(jar, anchorFile, anchor.readAllBytes());
            add(jar, "web/", new byte[0]);
            add(jar, "web/index.html", "packed".getBytes(StandardCharsets.UTF_8));
            add(jar, "web/sub/", new byte[0]);
            add(jar, "web/sub/a.txt", "sub".getBytes(StandardCharsets.UTF_8));
        }
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {archive.toUri().toURL()}, null)) {
            Class<?> anchor = loader.loadClass(Anchor.class.getName());
            FileSource source = new ClassPathSource(anchor, "/web");
            assertThat(source.find("index.html").read()).asString().isEqualTo("packed");
            assertThat(source.find("sub/a.txt").read()).asString().isEqualTo("sub");
            assertThat(source.find("sub")).isNull();
            assertThat(source.find("missing")).isNull();
        }
    }

    private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
        jar.closeEntry();
    }

    /** Stands in the archive for the class beside the resources. */
    private static final class Anchor {}

    // ---- headers

    @ParameterizedTest
    @CsvSource({
        "a.html, text/html; charset=utf-8",
        "a.js, text/javascript; charset=utf-8",
        "a.mjs, text/javascript; charset=utf-8",
        "a.css, text/css; charset=utf-8",
        "a.svg, image/svg+xml; charset=utf-8",
        "a.json, application/json",
        "a.js.map, application/json",
        "a.png, image/png",
        "a.jpg, image/jpeg",
        "a.webp, image/webp",
        "a.ico, image/x-icon",
        "a.woff2, font/woff2",
        "a.wasm, application/wasm",
        "a.txt, text/plain; charset=utf-8",
        "a.webmanifest, application/manifest+json",
        "a.PNG, image/png",
        "a.unknown, application/octet-stream",
        "a, application/octet-stream"
    })
    void filesHaveTheirMediaType(String name, String type) throws Exception {
        write(site.resolve(name), "x");
        Response response = get("/" + name);
        assertThat(response.header("content-type")).isEqualTo(type);
        assertThat(response.header("x-content-type-options")).isEqualTo("nosniff");
    }

    @ParameterizedTest
    @CsvSource({
        "index.html, no-cache",
        "page-B3k2x9aQ.html, no-cache",
        "'index-B3k2x9aQ.js', 'public, max-age=31536000, immutable'",
        "'index-B3k2x9aQ.js.map', 'public, max-age=31536000, immutable'",
        "'index-a_-Xk2x9.css', 'public, max-age=31536000, immutable'",
        "'main.8f3c2a1b.js', 'public, max-age=31536000, immutable'",
        "'chunk.0a1b2c3d4e5f60718293.js', 'public, max-age=31536000, immutable'",
        "app.js, 'public, max-age=0, must-revalidate'",
        "my-component.js, 'public, max-age=0, must-revalidate'",
        "my-Document.js, 'public, max-age=0, must-revalidate'",
        "report-20240115.json, 'public, max-age=0, must-revalidate'",
        "B3k2x9aQ.js, 'public, max-age=0, must-revalidate'"
    })
    void cachingFollowsTheName(String name, String policy) {
        assertThat(CachePolicy.of(name)).isEqualTo(policy);
    }

    @Test
    void aFileThatTheClientHasIsNotSentAgain() throws Exception {
        String tag = get("/app.js").header("etag");
        assertThat(tag).matches("\"[A-Za-z0-9_-]{22}\"");
        for (String field : new String[] {tag, "W/" + tag, "\"other\", " + tag, "*"}) {
            Response again = get("/app.js", "If-None-Match: " + field);
            assertThat(again.status()).isEqualTo(304);
            assertThat(again.header("etag")).isEqualTo(tag);
            assertThat(again.header("cache-control")).isEqualTo("public, max-age=0, must-revalidate");
            assertThat(again.bytes()).isEmpty();
        }
        assertThat(get("/app.js", "If-None-Match: \"other\"").status()).isEqualTo(200);
    }

    @Test
    void aChangedFileIsSentAgain() throws Exception {
        Path file = site.resolve("changing.txt");
        write(file, "one");
        Response first = get("/changing.txt");
        write(file, "two");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
        Response second = get("/changing.txt", "If-None-Match: " + first.header("etag"));
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.body()).isEqualTo("two");
        assertThat(second.header("etag")).isNotEqualTo(first.header("etag"));
    }

    @Test
    void theCacheIsBounded() throws Exception {
        FileCache cache = new FileCache(10_000);
        for (int i = 0; i < 1_000; i++) {
            cache.content("/" + i, new InMemory(new byte[i * 10]));
        }
        assertThat(cache.bytes()).isLessThanOrEqualTo(10_000);
    }

    private static final class InMemory implements FileSource.Found {
        private final byte[] data;

        InMemory(byte[] data) {
            this.data = data;
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public long size() {
            return data.length;
        }

        @Override
        public byte[] read() {
            return data.clone();
        }
    }
}
