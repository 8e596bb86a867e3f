package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProductTest extends ApiTest {
  private static final String PRODUCTS = "/api/v1/products";

  @Test
  void everyAccountHasTheDefaultOne() {
    Reply product = api.get(PRODUCTS + "/default").expect(200);
    assertEquals("TO", product.text("/key_prefix"));
    assertEquals(4, product.number("/key_groups"));
    assertFalse(product.at("/require_product").asBoolean());
    Reply license = api.create("starter");
    assertEquals("default", license.text("/product"));
    assertTrue(key(license).matches("TO(-[0-9A-Z]{4}){4}"), key(license));
    api.validate(key(license), "product", "default").expectValid();
    api.delete(PRODUCTS + "/default").expectProblem(409, "PRODUCT_IN_USE");
  }

  @Test
  void keysAreMadeAsTheirProductSays() {
    post("editor", "\"key_prefix\": \"EDIT\", \"key_groups\": 6").expect(201);
    Reply license = api.create("starter", "product", "editor");
    assertTrue(key(license).matches("EDIT(-[0-9A-Z]{4}){6}"), key(license));
    Reply answer = api.validate(key(license).toLowerCase(java.util.Locale.ROOT)).expectValid();
    assertEquals("editor", answer.text("/license/product"));
    api.patch(PRODUCTS + "/editor", "{\"key_prefix\": \"E2\", \"key_groups\": 4}").expect(200);
    api.validate(key(license)).expectValid();
    Reply rotated = api.post(path(license) + "/rotate", "{}").expect(200);
    assertTrue(key(rotated).matches("E2(-[0-9A-Z]{4}){4}"), key(rotated));
    api.validate(key(rotated)).expectValid();
    api.validate(key(license)).expectNoKey("UNKNOWN");
  }

  @Test
  void aKeyOfAnotherProductIsAMismatch() {
    post("one", "\"require_product\": false").expect(201);
    post("two", "\"require_product\": true").expect(201);
    Reply one = api.create("starter", "product", "one");
    Reply two = api.create("starter", "product", "two");
    api.validate(key(one)).expectValid();
    api.validate(key(one), "product", "one").expectValid();
    api.validate(key(one), "product", "two").expectRefused("PRODUCT_MISMATCH");
    api.validate(key(one), "product", "No Such Product").expectRefused("PRODUCT_MISMATCH");
    api.validate(key(two), "product", "two").expectValid();
    api.validate(key(two)).expectRefused("PRODUCT_MISMATCH");
    api.put(PRODUCTS + "/two", "{\"require_product\": false}").expect(200);
    api.validate(key(two)).expectValid();
    Reply usage = api.get(path(two) + "/usage").expect(200);
    assertEquals(1, usage.number("/summary/by_outcome/PRODUCT_MISMATCH"));
  }

  @Test
  void aMismatchComesBeforeTheExpiryAndAfterTheRevocation() {
    post("order", "\"require_product\": true").expect(201);
    Reply over = api.create("starter", "product", "order", "expires_at", "2020-01-01T00:00:00Z");
    api.validate(key(over)).expectRefused("PRODUCT_MISMATCH");
    api.validate(key(over), "product", "order").expectRefused("LICENSE_EXPIRED");
    api.delete(path(over)).expect(200);
    api.validate(key(over)).expectRefused("LICENSE_REVOKED");
  }

  @Test
  void aProductInUseStaysAndAnotherGoes() {
    post("used", "\"key_groups\": 7").expect(201);
    post("used", "\"key_groups\": 7").expectProblem(409, "PRODUCT_EXISTS");
    Reply license = api.create("starter", "product", "used");
    api.delete(path(license)).expect(200);
    api.delete(PRODUCTS + "/used").expectProblem(409, "PRODUCT_IN_USE");
    post("unused", "\"key_groups\": 7").expect(201);
    api.delete(PRODUCTS + "/unused").expect(204);
    api.get(PRODUCTS + "/unused").expectProblem(404, "NOT_FOUND");
    api.delete(PRODUCTS + "/unused").expectProblem(404, "NOT_FOUND");
    api.put(PRODUCTS + "/unused", "{}").expectProblem(404, "NOT_FOUND");
  }

  @Test
  void wrongFieldsAreNamedAndNothingIsMade() {
    post("Wrong", "\"key_groups\": 4").expectInvalid("#/name");
    post("wrong", "\"key_groups\": 3").expectInvalid("#/key_groups");
    post("wrong", "\"key_groups\": 8").expectInvalid("#/key_groups");
    post("wrong", "\"key_groups\": null").expectInvalid("#/key_groups");
    post("wrong", "\"key_groups\": 4.5").expectInvalid("#/key_groups");
    for (String prefix : List.of("A", "1A", "ab", "A-B", "ABCDEFGHI", "")) {
      post("wrong", "\"key_prefix\": \"" + prefix + "\"").expectInvalid("#/key_prefix");
    }
    post("wrong", "\"require_product\": \"yes\"").expectInvalid("#/require_product");
    post("wrong", "\"id\": 7").expectInvalid("#/id");
    api.get(PRODUCTS + "/wrong").expectProblem(404, "NOT_FOUND");
    api.post(LICENSES, "{\"plan\":\"starter\",\"customer_email\":\"a@b\",\"product\":\"nowhere\"}")
        .expectInvalid("#/product");
    Reply license = api.create("starter");
    api.put(path(license), "{\"product\": \"default\"}").expectInvalid("#/product");
  }

  @Test
  void productsAreListedByNameInPages() {
    for (String name : List.of("zz-c", "zz-a", "zz-b")) {
      post(name, "\"key_groups\": 4").expect(201);
    }
    Reply first = api.get(PRODUCTS + "?starting_after=zz&limit=2").expect(200);
    assertEquals(List.of("zz-a", "zz-b"), first.texts("/data", "/name"));
    assertTrue(first.at("/has_more").asBoolean());
    Reply second = api.get(PRODUCTS + "?starting_after=zz-b&limit=2").expect(200);
    assertEquals(List.of("zz-c"), second.texts("/data", "/name"));
  }

  private static Reply post(String name, String fields) {
    return api.post(PRODUCTS, "{\"name\": \"" + name + "\", " + fields + "}");
  }
}
