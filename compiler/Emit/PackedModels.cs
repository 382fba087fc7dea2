// SPDX-License-Identifier: MIT
using System.Security;
using System.Text;

namespace TinyInfer.Compiler.Emit;

/// <summary>The files that bring models into a nanoFramework project.</summary>
/// <param name="models">At least one.</param>
/// <param name="space">The namespace of their classes.</param>
/// <param name="shared">Name of what several models share; null for one model, whose names everything has then.</param>
internal sealed class PackedModels(IReadOnlyList<CompiledModel> models, string space, string? shared)
{
    private readonly string _resource = shared ?? CSharpEmitter.ClassName(models[0].Name);

    /// <summary>A class a model, the resource file, and last the .props file.</summary>
    /// <exception cref="CompilerException">Two models have the same class or the same resource id.</exception>
    public IReadOnlyList<(string Name, byte[] Content)> Files()
    {
        var same = models.GroupBy(model => CSharpEmitter.ClassName(model.Name)).FirstOrDefault(group => group.Count() > 1)
            ?? models.GroupBy(model => $"{NanoResource.IdOf(CSharpEmitter.ClassName(model.Name))}").FirstOrDefault(group => group.Count() > 1);
        if (same is not null)
        {
            throw new CompilerException($"the models {string.Join(" and ", same.Select(model => $"\"{model.Name}\""))} would share the class or resource id {same.Key}: rename a file");
        }

        return
        [
            .. models.Select(model => ($"{model.Name}.g.cs", Encoding.UTF8.GetBytes(CSharpEmitter.Emit(model, space, $"{space}.{_resource}")))),
            ($"{_resource}.resources", NanoResource.Write(models.Select(model => (CSharpEmitter.ClassName(model.Name), model.Image)))),
            ($"{shared ?? models[0].Name}.props", Encoding.UTF8.GetBytes(Props())),
        ];
    }

    /// <summary>
    /// The items that bring classes and resource into a project, for nanoFramework (.nfproj) and .NET alike. An SDK project has found a
    /// class by itself, hence the Remove.
    /// </summary>
    private string Props()
    {
        var compile = string.Concat(models.Select(model => $"""
                <Compile Remove="$(MSBuildThisFileDirectory){SecurityElement.Escape(model.Name)}.g.cs" />
                <Compile Include="$(MSBuildThisFileDirectory){SecurityElement.Escape(model.Name)}.g.cs" />

            """));
        return $"""
            <Project>
              <ItemGroup>
            {compile.TrimEnd()}
                <EmbeddedResource Include="$(MSBuildThisFileDirectory){_resource}.resources" LogicalName="{space}.{_resource}.resources" WithCulture="false" />
              </ItemGroup>
            </Project>

            """.ReplaceLineEndings("\n");
    }
}
