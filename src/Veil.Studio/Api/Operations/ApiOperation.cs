using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Veil.Studio.Api.Errors;

namespace Veil.Studio.Api.Operations;

/// <summary>Whether an operation asks for a key.</summary>
internal enum OperationSecurity
{
    /// <summary>It does.</summary>
    Key,

    /// <summary>It shows nothing of anybody.</summary>
    Open,
}

/// <summary>What a request may bring as its body.</summary>
internal enum OperationBody
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>One picture.</summary>
    Picture,

    /// <summary>The files of a job.</summary>
    Job,
}

/// <summary>
/// One operation: what answers it, and all that is said about it. Routes, the check of query parameters and the OpenAPI document
/// come from here, so that they cannot disagree.
/// </summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The address, with parameters in braces.</param>
/// <param name="Id">Its name in the document, and in traces.</param>
/// <param name="Summary">One line.</param>
/// <param name="Handle">Answers.</param>
internal sealed record ApiOperation(string Method, string Path, string Id, string Summary, RequestDelegate Handle)
{
    /// <summary>More than one line; Markdown.</summary>
    public string Description { get; init; } = "";

    /// <summary>Groups operations in the document.</summary>
    public required string Tag { get; init; }

    /// <summary>Whether it asks for a key.</summary>
    public OperationSecurity Security { get; init; }

    /// <summary>What it takes as a body.</summary>
    public OperationBody Body { get; init; }

    /// <summary>Query parameters and headers.</summary>
    public IReadOnlyList<ApiParameter> Parameters { get; init; } = [];

    /// <summary>True when options of methods are query parameters, too.</summary>
    public bool TakesMethodOptions { get; init; }

    /// <summary>The OpenAPI request body; null when there is none.</summary>
    public Func<JsonObject>? RequestBody { get; init; }

    /// <summary>Answers that are no problem.</summary>
    public required IReadOnlyList<ApiAnswer> Answers { get; init; }

    /// <summary>Problems of its own, beside those that every operation has.</summary>
    public IReadOnlyList<ApiError> Errors { get; init; } = [];
}
