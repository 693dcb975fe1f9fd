namespace Veil.Anonymization;

/// <summary>Exact settings that another tool or study used, under a name.</summary>
/// <param name="Name"><c>family/name</c>, e.g. <c>face-replace/blur</c>.</param>
/// <param name="Source">Where the settings come from, one line.</param>
/// <param name="Options">The settings.</param>
public sealed record MethodPreset(string Name, string Source, MethodOptions Options);
