package dev.licet.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.core.LicenseKey;
import dev.licet.domain.product.Product;
import dev.licet.domain.product.Products;
import dev.licet.http.Fields;
import dev.licet.http.Json;
import dev.licet.http.Query;
import dev.licet.http.Request;
import dev.licet.http.Response;
import dev.licet.http.Timestamps;

/** {@code /api/v1/products} and {@code /api/v1/products/{name}}. */
public final class ProductEndpoints {
  private final Products products;

  public ProductEndpoints(Products products) {
    this.products = products;
  }

  public Response list(Request request) {
    Query query = request.query();
    int limit = query.limit();
    String startingAfter = query.cursor();
    query.finish();
    var page = products.list(accountNo(request), limit, startingAfter);
    return Response.json(200, LicenseJson.page(page, ProductEndpoints::json));
  }

  public Response create(Request request) {
    request.query().finish();
    Fields body = request.fields();
    String name = body.required("name", Shapes.NAME);
    Products.Fields fields = fields(body);
    body.finish();
    Product product = products.create(accountNo(request), name, fields);
    return Response.json(201, json(product)).with("Location", "/api/v1/products/" + product.name());
  }

  public Response get(Request request) {
    request.query().finish();
    return Response.json(200, json(products.get(accountNo(request), request.path("name"))));
  }

  public Response update(Request request) {
    request.query().finish();
    Fields body = request.fields();
    Products.Fields fields = fields(body);
    body.finish();
    Product product = products.update(accountNo(request), request.path("name"), fields);
    return Response.json(200, json(product));
  }

  public Response delete(Request request) {
    request.query().finish();
    products.delete(accountNo(request), request.path("name"));
    return Response.noContent();
  }

  private static long accountNo(Request request) {
    return request.caller().tenant().accountNo();
  }

  private static Products.Fields fields(Fields body) {
    return new Products.Fields(
        body.value("key_prefix", Shapes.KEY_PREFIX),
        body.number("key_groups", LicenseKey.MIN_GROUPS, LicenseKey.MAX_GROUPS),
        body.flag("require_product"));
  }

  private static ObjectNode json(Product product) {
    ObjectNode json = Json.object();
    json.put("name", product.name());
    json.put("key_prefix", product.keyPrefix());
    json.put("key_groups", product.keyGroups());
    json.put("require_product", product.requireProduct());
    json.put("created_at", Timestamps.text(product.createdAt()));
    json.put("updated_at", Timestamps.text(product.updatedAt()));
    return json;
  }
}
