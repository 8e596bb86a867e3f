package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.Reply;
import org.junit.jupiter.api.Test;

class ServerTest extends ApiTest {
  @Test
  void healthSaysThatAllPartsAreUp() {
    assertEquals("up", api.get("/health/live").expect(200).text("/status"));
    Reply ready = api.get("/health/ready").expect(200);
    assertEquals("up", ready.text("/checks/database"));
    assertEquals("up", ready.text("/checks/journal"));
  }

  @Test
  void theDescriptionAndItsPageAreServed() {
    var anyone = api.without("Authorization");
    assertTrue(anyone.get("/openapi.yaml").expect(200).text().startsWith("openapi: 3.1"));
    assertEquals(
        anyone.get("/openapi.yaml").text(), anyone.get("/api/v1/openapi.yaml").expect(200).text());
    Reply docs = anyone.get("/docs").expect(200);
    assertTrue(docs.text().contains("/docs/redoc.standalone.js"));
    assertTrue(docs.header("Content-Security-Policy").contains("default-src 'self'"));
    assertTrue(anyone.get("/docs/redoc.standalone.js").expect(200).body().length > 100_000);
  }

  @Test
  void metricsCountValidationsAndNameNoKey() {
    Reply license = api.create("starter");
    api.validate(key(license)).expectValid();
    String metrics = api.get("/metrics").expect(200).text();
    assertTrue(metrics.contains("licet_journal_healthy 1"), metrics);
    assertTrue(metrics.contains("licet_cache_licenses"), metrics);
    assertTrue(!metrics.contains(key(license)) && !metrics.contains(license.text("/id")));
  }

  @Test
  void headIsAnsweredLikeGetWithoutABody() {
    Reply license = api.create("starter");
    Reply head = api.send("HEAD", path(license), NONE).expect(200);
    assertEquals(0, head.body().length);
    assertEquals(license.header("ETag"), head.header("ETag"));
    assertEquals(Integer.toString(fresh(license).body().length), head.header("Content-Length"));
  }
}
