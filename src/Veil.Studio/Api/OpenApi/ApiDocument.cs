using System.Globalization;
using System.Text.Json.Nodes;
using Veil.Errors;
using Veil.Studio.Api.Errors;
using Veil.Studio.Api.Http;
using Veil.Studio.Api.Operations;

namespace Veil.Studio.Api.OpenApi;

/// <summary>
/// The OpenAPI 3.1 document, made of what answers requests: <see cref="ApiOperation"/>, the table of errors and the descriptors of
/// methods. So it says what is done, and a test holds every answer against it.
/// </summary>
internal static class ApiDocument
{
    /// <summary>Where it is served.</summary>
    public const string Path = "/openapi/v1.json";

    private static readonly ApiError[] Everywhere =
        [ApiErrors.BadRequest, ApiErrors.CrossSite, ApiErrors.WrongHost, ApiErrors.For(VeilErrorCode.UnexpectedFailure)];

    private static readonly ApiError[] BehindKeys = [ApiErrors.KeyMissing, ApiErrors.KeyInvalid];

    /// <summary>Makes the document.</summary>
    public static JsonObject Create(IReadOnlyList<ApiOperation> operations)
    {
        var paths = new JsonObject();
        foreach (var path in operations.GroupBy(operation => operation.Path))
        {
            paths[path.Key] = new JsonObject(path.Select(operation => KeyValuePair.Create(Lower(operation.Method), (JsonNode?)Describe(operation))));
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "Veil",
                ["version"] = typeof(ApiDocument).Assembly.GetName().Version?.ToString(3),
                ["summary"] = "Anonymizes people in pictures and films.",
                ["description"] = "Everything happens on this server. Where anything goes wrong nothing is given out: an answer is a picture that was covered as a whole, or a problem document with a stable `code`, a `hint` and the request's id. Every address that answers GET answers HEAD, too.",
                ["license"] = new JsonObject { ["name"] = "Apache-2.0", ["identifier"] = "Apache-2.0" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }, new JsonObject { ["header"] = new JsonArray() }),
            ["tags"] = new JsonArray([.. operations.Select(operation => operation.Tag).Distinct().Select(tag => (JsonNode)new JsonObject { ["name"] = tag })]),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = new JsonObject(ViewSchemas.Components().Concat(SettingsSchema.Components()).Select(schema => KeyValuePair.Create(schema.Name, (JsonNode?)schema.Schema))),
                ["securitySchemes"] = new JsonObject
                {
                    ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "A key that `veil serve keys add NAME` has made." },
                    ["header"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "X-Api-Key" },
                },
            },
        };
    }

    /// <summary>The problems that an operation may answer with.</summary>
    public static IEnumerable<ApiError> ErrorsOf(ApiOperation operation)
    {
        var errors = operation.Errors.Concat(Everywhere).Concat(operation.Security == OperationSecurity.Key ? BehindKeys : []);
        // Whatever is wrong with a picture has a row in the table; all of them come from the engine.
        return (operation.Body == OperationBody.Picture ? errors.Concat(Enum.GetValues<VeilErrorCode>().Select(ApiErrors.For)) : errors).Distinct();
    }

    private static JsonObject Describe(ApiOperation operation)
    {
        var described = new JsonObject
        {
            ["operationId"] = operation.Id,
            ["tags"] = new JsonArray(operation.Tag),
            ["summary"] = operation.Summary,
        };
        if (operation.Description.Length > 0)
        {
            described["description"] = operation.Description;
        }

        if (operation.Security == OperationSecurity.Open)
        {
            described["security"] = new JsonArray();
        }

        if (operation.Parameters.Count > 0)
        {
            described["parameters"] = new JsonArray([.. operation.Parameters.Select(Describe)]);
        }

        if (operation.RequestBody is { } body)
        {
            described["requestBody"] = body();
        }

        described["responses"] = Responses(operation);
        return described;
    }

    private static JsonObject Describe(ApiParameter parameter)
    {
        var described = new JsonObject
        {
            ["name"] = parameter.Name, ["in"] = Lower(parameter.Place.ToString()), ["required"] = parameter.Place == ParameterPlace.Path, ["description"] = parameter.Description, ["schema"] = parameter.Schema(),
        };
        if (parameter.Example is { } example)
        {
            described["example"] = example;
        }

        return described;
    }

    private static JsonObject Responses(ApiOperation operation)
    {
        var responses = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var answer in operation.Answers)
        {
            responses[Text(answer.Status)] = Describe(answer);
        }

        foreach (var status in ErrorsOf(operation).GroupBy(error => error.Status))
        {
            if (responses.TryGetValue(Text(status.Key), out var own))
            {
                own!["content"]![ProblemWriter.MediaType] = new JsonObject { ["schema"] = Schemas.Ref("Problem") };
                continue;
            }

            responses[Text(status.Key)] = Problem([.. status]);
        }

        return new JsonObject(responses);
    }

    private static JsonObject Describe(ApiAnswer answer)
    {
        var described = new JsonObject { ["description"] = answer.Description, ["headers"] = Headers(answer.Headers) };
        if (answer.Content.Count > 0)
        {
            described["content"] = new JsonObject(answer.Content.Select(content =>
            {
                var media = new JsonObject { ["schema"] = content.Schema() };
                if (answer.Example is { } example)
                {
                    media["example"] = example();
                }

                return KeyValuePair.Create(content.MediaType, (JsonNode?)media);
            }));
        }

        return described;
    }

    private static JsonObject Problem(IReadOnlyList<ApiError> errors)
    {
        var headers = Headers([]);
        if (errors[0].Status is 429 or 503)
        {
            headers["Retry-After"] = new JsonObject { ["description"] = "Seconds to wait.", ["schema"] = Schemas.Integer(1, null) };
        }

        var first = errors[0];
        return new JsonObject
        {
            ["description"] = string.Join(" ", errors.Select(error => $"`{error.Code}`: {error.Title}")),
            ["headers"] = headers,
            ["content"] = new JsonObject
            {
                [ProblemWriter.MediaType] = new JsonObject
                {
                    ["schema"] = Schemas.Ref("Problem"),
                    ["example"] = new JsonObject
                    {
                        ["type"] = "about:blank", ["title"] = first.Title, ["status"] = first.Status, ["detail"] = first.Title, ["code"] = first.Code, ["hint"] = first.Hint, ["requestId"] = "5f1c0a9e7b3d2468ace01357",
                    },
                },
            },
        };
    }

    private static JsonObject Headers(IReadOnlyList<(string Name, string Description, Func<JsonObject> Schema)> headers) => new(
        headers.Append((Name: RequestId.Header, Description: "Names the request in the server's log.", Schema: Schemas.Text))
            .Select(header => KeyValuePair.Create(header.Name, (JsonNode?)new JsonObject { ["description"] = header.Description, ["schema"] = header.Schema() })));

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);

#pragma warning disable CA1308 // OpenAPI's words are in lower case.
    private static string Lower(string text) => text.ToLowerInvariant();
#pragma warning restore CA1308
}
