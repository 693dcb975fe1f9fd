using System.Text.Json.Nodes;

namespace Veil.Studio.Api.Operations;

/// <summary>Where a parameter stands.</summary>
internal enum ParameterPlace
{
    /// <summary>After the question mark.</summary>
    Query,

    /// <summary>In the address.</summary>
    Path,

    /// <summary>Among the headers.</summary>
    Header,
}

/// <summary>A parameter of an operation.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does.</param>
/// <param name="Schema">Its JSON schema.</param>
internal sealed record ApiParameter(string Name, string Description, Func<JsonObject> Schema)
{
    /// <summary>Where it stands.</summary>
    public ParameterPlace Place { get; init; }

    /// <summary>An example; null for none.</summary>
    public string? Example { get; init; }
}
