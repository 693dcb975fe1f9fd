using Veil.Errors;

namespace Veil.Datasets.Checking;

/// <summary>Goes through a whole dataset and tells everything that is wrong with it. Pictures are not decoded; their headers are read.</summary>
public static class DatasetCheck
{
    /// <summary>Checks a dataset.</summary>
    /// <param name="format">Its format.</param>
    /// <param name="root">Its folder.</param>
    /// <param name="options">How it is read; its <see cref="DatasetReadOptions.Problems"/> are not used.</param>
    /// <param name="problem">Takes each problem, in the order of the files.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="VeilException"><see cref="VeilErrorCode.InvalidDataset"/>: there is no such folder.</exception>
    public static DatasetCounts Run(DatasetFormat format, string root, DatasetReadOptions options, Action<DatasetProblem> problem, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(problem);
        var (errors, notes) = (0, 0);
        using var reader = format.Open(root, options with { Problems = Take });
        var counts = new DatasetCounts(reader.Format, reader.Categories);
        var objects = new ObjectCheck(Take);
        var last = new DatasetPlace("");
        foreach (var picture in reader.Pictures())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!counts.Splits.TryGetValue(picture.Split, out var split))
            {
                split = counts.Splits[picture.Split] = new SplitCounts();
            }

            if (picture.Annotations != AnnotationState.Absent && picture.Place.Line == 0 && picture.Place == last)
            {
                Take(new DatasetProblem(DatasetProblemKind.Duplicate, DatasetSeverity.Error, picture.Place, $"The annotation is for two pictures that differ in their extension only, '{picture.Path}' and another."));
            }

            last = picture.Place;
            Check(picture, split, format, options, objects, Take);
        }

        foreach (var file in reader.Files())
        {
            cancellationToken.ThrowIfCancellationRequested();
            counts.Files[file.Role] = counts.Files.GetValueOrDefault(file.Role) + 1;
        }

        (counts.Errors, counts.Notes) = (errors, notes);
        return counts;

        void Take(DatasetProblem found)
        {
            _ = found.Severity == DatasetSeverity.Error ? errors++ : notes++;
            problem(found);
        }
    }

    private static void Check(DatasetPicture picture, SplitCounts counts, DatasetFormat format, DatasetReadOptions options, ObjectCheck objects, Action<DatasetProblem> take)
    {
        counts.Pictures++;
        var size = SizeOf(picture, options, counts, take);
        if (picture.Category is { } category)
        {
            counts.ByCategory[category.Name] = counts.ByCategory.GetValueOrDefault(category.Name) + 1;
        }

        if (picture.Annotations == AnnotationState.Absent)
        {
            if (format.Features != DatasetFeatures.None)
            {
                take(new DatasetProblem(DatasetProblemKind.NoAnnotation, DatasetSeverity.Note, new DatasetPlace(picture.Path), "Nothing is annotated for this picture."));
            }

            return;
        }

        counts.Annotated += picture.Annotations == AnnotationState.Present ? 1 : 0;
        counts.Partial += picture.Annotations == AnnotationState.Partial ? 1 : 0;
        try
        {
            var annotated = picture.AnnotatedSize;
            if (annotated is { } said && size is { } real && said != real)
            {
                take(new DatasetProblem(
                    DatasetProblemKind.Size, DatasetSeverity.Error, picture.Place, $"The annotations are for a picture of {said.Width}×{said.Height}, but '{picture.Path}' has {real.Width}×{real.Height} upright."));
            }

            foreach (var found in picture.ReadObjects())
            {
                counts.Objects++;
                counts.ByCategory[found.Category.Name] = counts.ByCategory.GetValueOrDefault(found.Category.Name) + 1;
                objects.Check(found, annotated ?? size);
            }
        }
        catch (VeilException error)
        {
            // Fractions of a picture that has no size; that is told already where the picture is missing or broken.
            if (size is not null)
            {
                take(new DatasetProblem(DatasetProblemKind.Malformed, DatasetSeverity.Error, picture.Place, error.Message));
            }
        }
    }

    private static PictureSize? SizeOf(DatasetPicture picture, DatasetReadOptions options, SplitCounts counts, Action<DatasetProblem> take)
    {
        if (!picture.Exists)
        {
            counts.Missing++;
            take(new DatasetProblem(DatasetProblemKind.MissingFile, DatasetSeverity.Error, picture.Place, $"The picture '{picture.Path}' is not there."));
            return null;
        }

        try
        {
            return options.SizeOf(picture.FullPath);
        }
        catch (VeilException error)
        {
            take(new DatasetProblem(DatasetProblemKind.Malformed, DatasetSeverity.Error, new DatasetPlace(picture.Path), error.Message));
            return null;
        }
    }
}
